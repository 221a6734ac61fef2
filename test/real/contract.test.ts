/** The contract suite on the S3 store with a real server. */
import { storeContract } from "../stores/contract.ts";
import { newPlace, place } from "./s3.ts";

/** The server, Ceph 16, ignores the conditions of deletes. */
const HERE = { looksBeforeDeletes: true } as const;

storeContract("a bucket", async () => (await newPlace()).store, HERE);

storeContract(
  "a prefix in a bucket that holds other things",
  async () => {
    const { bucket, store } = await newPlace("some/prefix/");
    await place(bucket, "").put("some/prefix-and-more", "not below the prefix");
    await place(bucket, "").put("zz", "after it");
    return store;
  },
  HERE,
);
