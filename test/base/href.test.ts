/** Addresses with nothing in them that an address may not hold. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodedHref } from "../../lib/base/href.ts";

test.each([
  ["https://example.org/[a]|b^c", "https://example.org/%5Ba%5D%7Cb%5Ec"],
  ["https://example.org/a?b[]=1|2#[c]", "https://example.org/a?b%5B%5D=1%7C2#%5Bc%5D"],
  ["https://[2001:db8::1]:8080/[a]", "https://[2001:db8::1]:8080/%5Ba%5D"],
  ["https://[2001:db8::1]/", "https://[2001:db8::1]/"],
  ["https://example.org/%5Ba%5D", "https://example.org/%5Ba%5D"],
  ["mailto:ann@[2001:db8::1]", "mailto:ann@[2001:db8::1]"],
])("%s is %s", (written, href) => expect(encodedHref(new URL(written))).toBe(href));

test("an encoded address is that address, and stays as it is", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, more) => {
      fc.pre(URL.canParse(url + more));
      const href = encodedHref(new URL(url + more));
      expect(new URL(href).host).toBe(new URL(url + more).host);
      expect(encodedHref(new URL(href))).toBe(href);
    }),
  );
});
