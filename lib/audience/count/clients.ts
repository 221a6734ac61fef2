/** Addresses as clients are told apart by them: IPv4 whole, of IPv6 the first 64 bits, which one household has. */

/** `2001:db8:0:1::5` → `2001:db8:0:1`; an IPv4 address within IPv6 is that address. What is no address stays as it is. */
export function clientAddress(address: string): string {
  if (!address.includes(":")) return address;
  const [bare = ""] = address.replace(/^\[|\]$/g, "").split("%");
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = "", after] = bare.toLowerCase().split("::", 2);
  const groupsOf = (text: string) => (text === "" ? [] : text.split(":"));
  const groups = groupsOf(before);
  // `::` stands for as many zeros as are missing of eight groups.
  if (after !== undefined) {
    const rest = groupsOf(after);
    while (groups.length + rest.length < GROUPS) groups.push("0");
    groups.push(...rest);
  }
  const isMapped =
    groups.length === GROUPS &&
    groups
      .slice(0, 6)
      .map((group) => Number.parseInt(group, 16))
      .join() === MAPPED;
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join(".");
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0{1,3}(?=.)/, ""))
    .join(":");
}

/** The first six groups of an IPv4 address within IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED = [0, 0, 0, 0, 0, 0xffff].join();

const bytesOf = (group: string): readonly number[] => {
  const number = Number.parseInt(group, 16);
  return [number >> 8, number & 0xff];
};

const GROUPS = 8;
const NETWORK_GROUPS = 4;
