/** What the writing page says: the texts that each language file translates. */

export interface WritingWords {
  readonly write: string;
  readonly onItsWay: string;
  readonly posts: string;
  readonly access: string;
  readonly kinds: {
    readonly text: string;
    readonly photo: string;
    readonly video: string;
    readonly audio: string;
    readonly link: string;
    readonly live: string;
  };
  readonly begun: string;
  /** In place of a name, where nothing was written. */
  readonly untitled: string;
  readonly title: string;
  readonly text: string;
  /** Below the text. */
  readonly textHint: string;
  readonly media: string;
  readonly addMedia: { readonly photo: string; readonly video: string; readonly audio: string };
  /** While files are read. */
  readonly preparing: string;
  readonly alt: string;
  readonly remove: string;
  /** `{name}` */
  readonly removed: string;
  /** `{name}` */
  readonly unreadable: string;
  /** `{name}`, `{size}`, `{limit}` */
  readonly tooLarge: string;
  /** `{name}` */
  readonly noRoom: string;
  /** `{name}` */
  readonly fileGone: string;
  readonly tags: string;
  readonly newTag: string;
  readonly add: string;
  readonly language: string;
  readonly when: string;
  readonly whens: { readonly now: string; readonly later: string; readonly draft: string };
  readonly time: string;
  /** Below a time for later that is none. */
  readonly pastTime: string;
  readonly draftsOnly: string;
  readonly address: string;
  readonly linkIs: string;
  readonly links: { readonly "bookmark-of": string; readonly "in-reply-to": string; readonly "like-of": string };
  readonly streamAddress: string;
  readonly streamHint: string;
  readonly stream: string;
  readonly streams: { readonly live: string; readonly pending: string; readonly ended: string };
  /** What was done, where the stream was begun. */
  readonly streamBegun: string;
  readonly begins: string;
  readonly ends: string;
  readonly recording: string;
  readonly recordingHint: string;
  readonly beginStream: string;
  readonly endStream: string;
  readonly publish: string;
  readonly publishLater: string;
  readonly saveDraft: string;
  readonly saveChanges: string;
  readonly check: string;
  readonly noProblems: string;
  /** Below the buttons of the form. */
  readonly kept: string;
  readonly discard: string;
  readonly discardChanges: string;
  readonly askDiscard: string;
  readonly askDiscardChanges: string;
  readonly needsLink: string;
  readonly needsTime: string;
  readonly needsSomething: string;
  /** In place of a post that was sent or discarded elsewhere. */
  readonly gone: string;
  readonly nothingWaits: string;
  readonly waits: string;
  readonly waitsForNetwork: string;
  readonly waitsForSignIn: string;
  readonly isSent: string;
  /** `{time}` */
  readonly nextTry: string;
  /** Before the reason, if there is one. */
  readonly failed: string;
  readonly retry: string;
  readonly edit: string;
  /** Of one post, and above all of them. */
  readonly sent: string;
  readonly error: string;
  readonly warning: string;
  /** `{line}` */
  readonly line: string;
  /** By codes of the server; `no_answer` is in place of an error of the network. */
  readonly faults: {
    readonly unauthorized: string;
    readonly forbidden: string;
    readonly not_found: string;
    readonly changed: string;
    readonly too_large: string;
    readonly too_many: string;
    readonly unavailable: string;
    readonly site_unusable: string;
    readonly no_answer: string;
  };
  readonly offline: string;
  readonly more: string;
  /** Of a list without posts, or without apps. */
  readonly nothingYet: string;
  /** `{time}`; before what was kept of a list. */
  readonly asOf: string;
  readonly open: string;
  readonly changesWait: string;
  readonly statuses: {
    readonly published: string;
    readonly waiting: string;
    readonly future: string;
    readonly draft: string;
    readonly withdrawn: string;
    readonly deleted: string;
    readonly broken: string;
    readonly conflicting: string;
    readonly hidden: string;
  };
  readonly withdraw: string;
  readonly bringBack: string;
  readonly deleteForGood: string;
  readonly askWithdraw: string;
  readonly choose: string;
  readonly chooseHint: string;
  readonly mine: string;
  readonly theirs: string;
  readonly keepMine: string;
  readonly keepTheirs: string;
  readonly keepBoth: string;
  readonly signIn: string;
  readonly signOut: string;
  /** `{name}` */
  readonly anotherPerson: string;
  /** `{name}`, `{role}` */
  readonly signedInAs: string;
  readonly askSignOut: string;
  readonly passkeyHint: string;
  readonly usePasskey: string;
  readonly noPasskey: string;
  readonly noPasskeys: string;
  readonly deviceKnown: string;
  readonly wrongCode: string;
  readonly unknownPasskey: string;
  readonly deviceRemoved: string;
  readonly knownDevice: string;
  readonly newDevice: string;
  readonly codeHint: string;
  readonly code: string;
  readonly device: string;
  readonly addDevice: string;
  readonly devices: string;
  readonly apps: string;
  readonly thisDevice: string;
  /** `{time}` */
  readonly lastUsed: string;
  /** `{time}` */
  readonly since: string;
  readonly revoke: string;
  /** `{name}` */
  readonly askRevoke: string;
  readonly another: string;
  readonly author: string;
  readonly role: string;
  readonly roles: { readonly owner: string; readonly author: string; readonly drafts: string };
  readonly makeCode: string;
  /** `{time}` */
  readonly codeExpires: string;
  readonly share: string;
  readonly copyLink: string;
  readonly copied: string;
  /** `{app}`, `{site}` */
  readonly consent: string;
  readonly appAddress: string;
  readonly returnsTo: string;
  readonly as: string;
  readonly appMay: string;
  readonly scopes: {
    readonly create: string;
    readonly draft: string;
    readonly update: string;
    readonly delete: string;
    readonly undelete: string;
    readonly media: string;
    readonly profile: string;
  };
  readonly allow: string;
  readonly deny: string;
  readonly pageLanguage: string;
  /** Without scripts. */
  readonly needsScript: string;
}
