/** Whether records say anything that the catalog does not. */
import { present } from "../../base/optional.ts";
import { differenceOf } from "../../base/segments.ts";
import type { PostRecord } from "../../model.ts";
import { rowOfRecord } from "../../state/rows.ts";
import type { Catalog } from "../../state/types.ts";
import type { Reconciled } from "./reconcile.ts";

/** Anything but ETags, of the post or of its media, that moved without the post. */
export function hasNews({ records, gone }: Reconciled, catalog: Catalog | undefined): boolean {
  if (!catalog || catalog.records.length !== records.length || catalog.gone.length !== gone.length) return true;
  const { was, is } = differenceOf(catalog.records, records);
  const isNews = (record: PostRecord, i: number) => withoutEtags(record) !== withoutEtags(was[i]);
  return (
    is.length !== was.length || is.some(isNews) || gone.some(({ facts }, i) => facts.id !== catalog.gone[i]?.facts.id)
  );
}

/** As a catalog would write it, which is the same however the record came about. */
const withoutEtags = (record: PostRecord | undefined): string =>
  JSON.stringify(record && rowOfRecord({ ...record, etag: "", ...present({ depsDigest: record.depsDigest && "" }) }));
