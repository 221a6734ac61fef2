/** What the parts of the form share: the post as it is now, and how it changes. */
import type { KeptPost } from "../../kept/types.ts";

export interface ComposeForm {
  readonly post: () => KeptPost;
  /** Kept on the phone soon after. */
  readonly edit: (change: Partial<KeptPost>) => void;
}

/** The value of an input as it is typed. */
export const typed = (act: (value: string) => void) => (event: Event) => act((event.target as HTMLInputElement).value);
