/** Which network addresses this server may connect to for a stranger: public ones, and no others. */
import { BlockList, isIP, isIPv4 } from "node:net";

/**
 * The addresses of IANA's registries of special addresses, of which few are globally reachable, and multicast and reserved ones
 * (https://www.iana.org/assignments/iana-ipv4-special-registry/, https://www.iana.org/assignments/iana-ipv6-special-registry/).
 * The cloud's own are among them: 169.254.169.254, 169.254.170.2, 100.100.100.200, fd00:ec2::254.
 */
const SPECIAL_V4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
  ...["192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];

/** Only global unicast can be public. Of that, these ranges are special, or hold an address of IPv4 (6to4, Teredo). */
const GLOBAL_V6 = "2000::/3";
const SPECIAL_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"];

function blockList(ranges: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix] = range.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

const specialV4 = blockList(SPECIAL_V4, "ipv4");
const specialV6 = blockList(SPECIAL_V6, "ipv6");
const globalV6 = blockList([GLOBAL_V6], "ipv6");

/** Of an address as a resolver gives it. Those of IPv4 within IPv6 (`::ffff:10.0.0.1`, `64:ff9b::`) are outside of global unicast, and so refused. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !specialV4.check(address, "ipv4");
  return !address.includes("%") && globalV6.check(address, "ipv6") && !specialV6.check(address, "ipv6");
}
