/** Errors in what people see, which tests of other folders must notice. */
import type { MutatedTest } from "./mutant.ts";

export const TESTS: readonly MutatedTest[] = [
  {
    file: "test/audience/audience.test.ts",
    name: "no address, no hash of one and no User-Agent is in anything that is kept, shown, told or written",
    mutants: [
      {
        name: "an address that was asked for in vain tells who asked",
        edits: [
          {
            file: "lib/audience/count/day.ts",
            find: "isFeedLike(address) && isImpersonal(address)) missing.note",
            replace: "isFeedLike(address)) missing.note",
          },
        ],
      },
      {
        name: "agents are called by their whole User-Agent",
        edits: [
          {
            file: "lib/audience/count/count.ts",
            find: "({ agent: readAgent(text), hash: hasher.of(text) })",
            replace: "({ agent: { ...readAgent(text), name: text }, hash: hasher.of(text) })",
          },
        ],
      },
    ],
  },
  {
    file: "test/audience/kept.test.ts",
    name: "a count of fewer requests never replaces one of more; the same count is not written again",
    mutants: [
      {
        name: "the later count replaces one of more requests",
        edits: [
          {
            file: "lib/audience/kept.ts",
            find: "if (known.requests > count.requests || (known.requests === count.requests && isSettled)) return known;",
            replace: "if (known.requests === count.requests && isSettled) return known;",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/micropub.test.ts",
    name: "is removed at once where it is said to be the withdrawn one",
    mutants: [
      {
        name: "a withdrawal that is sent again, since its answer was lost, deletes for good",
        edits: [
          {
            file: "lib/micropub/act/change.ts",
            find: "isJustWithdrawn(file, context) && ifMatch !== etag",
            replace: "isJustWithdrawn(file, context) && ifMatch === etag",
          },
        ],
      },
    ],
  },
  {
    file: "test/write/together.test.ts",
    name: "over one post, a draft and new posts of one name: each text is there, or its writer was told that it is not",
    mutants: [
      {
        name: "a change overwrites what came between",
        edits: [
          {
            file: "lib/micropub/act/change.ts",
            find: 'contentType: "text/markdown", ifMatch: etag, durable: true',
            replace: 'contentType: "text/markdown", durable: true',
          },
        ],
      },
    ],
  },
  {
    file: "test/write/together.test.ts",
    name: "of a draft that an app, a push or a pull removes while others write into it, nothing goes that its remover had not read",
    mutants: [
      {
        name: "a removal takes what came between with it",
        edits: [
          {
            file: "lib/micropub/act/change.ts",
            find: "delete(key, { ifMatch: etag, durable: true })",
            replace: "delete(key, { durable: etag !== key })",
          },
        ],
      },
      {
        name: "a pull removes a file that is edited at the same moment",
        edits: [
          {
            file: "lib/push/pull/steps.ts",
            find: "to.delete(source, present({ ifMatch: here?.etag }))",
            replace: "to.delete(source, present({ durable: here && undefined }))",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/micropub.test.ts",
    name: "names the only author that its site has, so that a second one takes over no post",
    mutants: [
      {
        name: "posts of a site's only author name nobody",
        edits: [
          {
            file: "lib/micropub/act/may.ts",
            find: "!keys.includes(own) ?",
            replace: "!keys.includes(own) || keys.length === 1 ?",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/attacks.test.ts",
    name: "keeps its address, also before a run has seen it",
    mutants: [
      {
        name: "only addresses that a run has seen are taken",
        edits: [
          {
            file: "lib/micropub/store/find.ts",
            find: "const marked = (await markedFile(context, url))?.key;",
            replace: "const marked = undefined;",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/text.test.ts",
    name: "as the words of a picture is what readers are told, and comes back",
    mutants: [
      {
        name: "words of pictures may end them",
        edits: [
          {
            file: "lib/micropub/post/beginning/signs.ts",
            find: "[\\\\`*_[\\]<>{}$~^|]|&",
            replace: "[\\\\`*_<>{}$~^|]|&",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/generators.test.ts",
    name: "are changed by themselves, and so is the text",
    mutants: [
      {
        name: "a new text takes the pictures with it",
        edits: [
          {
            file: "lib/micropub/act/update.ts",
            find: "const shown = lines ?? beginning?.lines.map(({ line }) => line) ?? [];",
            replace: "const shown = lines ?? [];",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/generators.test.ts",
    name: "that an app sends as the beginning of its text are there once, however often it does",
    mutants: [
      {
        name: "a text that is sent again doubles its pictures",
        edits: [
          {
            file: "lib/micropub/post/beginning/beginning.ts",
            find: "return !own?.has(address) || before?.has(address);",
            replace: "return !own?.has(line) || before?.has(address);",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/text.test.ts",
    name: "as the words of a film is what it is called, beside a sound, and leaves the text and the file as they are",
    mutants: [
      {
        name: "words of films may end them",
        edits: [{ file: "lib/micropub/post/beginning/signs.ts", find: `.replaceAll('"', "&quot;")`, replace: "" }],
      },
    ],
  },
  {
    file: "test/micropub/leading.test.ts",
    name: "that came by git keeps its line where the page stays, and every other byte",
    mutants: [
      {
        name: "another title takes the words of every link",
        edits: [
          {
            file: "lib/micropub/post/beginning/pages.ts",
            find: "isOwn(line, page, formerTitle) ? lineOf(page) : line",
            replace: "isOwn(line, page, formerTitle) || line ? lineOf(page) : line",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/generators.test.ts",
    name: "that a text of other lines begins with are text",
    mutants: [
      {
        name: "a player of another file is that of the post",
        edits: [
          {
            file: "lib/micropub/post/beginning/beginning.ts",
            find: "url !== undefined && isSameAddress(each.url, url)",
            replace: "url !== undefined",
          },
        ],
      },
    ],
  },
  {
    file: "test/infra/write.test.ts",
    name: "may write media only where those of the site go",
    mutants: [
      {
        name: "phones may write any object of the content",
        edits: [
          {
            file: "infra/write.ts",
            find: "actions: [...OF_MEDIA], keys: `${folder}*`",
            replace: 'actions: [...OF_MEDIA], keys: folder && "*"',
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/media/media.test.ts",
    name: "any bytes of any claimed type and name are refused, or stored as what a browser does not run",
    mutants: [
      {
        name: "what is of no type that is known is taken for a picture",
        edits: [
          {
            file: "lib/micropub/media/types/content.ts",
            find: 'if (found === undefined) throw refused("the file is of no type that is known by its content");',
            replace: 'if (found === undefined) return { kind: "image", extension: "svg", container: "svg" };',
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/media/uploads.test.ts",
    name: "that is completed again, or by two at once, has the same answer and one file",
    mutants: [
      {
        name: "what came of an upload is forgotten",
        edits: [
          {
            file: "lib/micropub/media/uploads/complete.ts",
            find: "(await records.ended(id)) ?? (open && (await endOf(input, open)))",
            replace: "open && (await endOf(input, open))",
          },
          {
            file: "lib/micropub/media/uploads/complete.ts",
            find: "const late = await records.ended(id);",
            replace: "const late = open && (await records.ended(id));",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/media/uploads.test.ts",
    name: "of a picture loses what its camera noted",
    mutants: [
      {
        name: "what is stripped of a picture in parts is not put",
        edits: [
          {
            file: "lib/micropub/media/uploads/complete.ts",
            find: 'type.kind === "image" && !(await strip(input, open))',
            replace: 'type.kind !== "image" && !(await strip(input, open))',
          },
        ],
      },
    ],
  },
  {
    file: "test/terminal/report.test.ts",
    name: "prints every cause of an error, however many warnings there are, and counts those of warnings beyond ten",
    mutants: [
      {
        name: "of many causes the last errors are not shown",
        edits: [
          {
            file: "lib/terminal/problems.ts",
            find: "const shown = [...errors, ...warnings.slice(0, MOST_WARNINGS)];",
            replace: "const shown = [...errors, ...warnings].slice(0, 2 * MOST_WARNINGS);",
          },
        ],
      },
    ],
  },
  {
    file: "test/terminal/check.test.ts",
    name: "every cause of an error has a line, and those of warnings beyond the first ten are counted",
    mutants: [
      {
        name: "check hides errors beyond the first causes",
        edits: [
          {
            file: "lib/terminal/check.ts",
            find: "...errors.map((cause) => causeLine(cause, paint)),",
            replace: "...errors.slice(0, 5).map((cause) => causeLine(cause, paint)),",
          },
        ],
      },
    ],
  },
  {
    file: "test/terminal/causes.test.ts",
    name: "a code with endless messages has six causes at most, and none of its problems is lost",
    mutants: [
      {
        name: "problems of a code beyond its first causes are lost",
        edits: [
          {
            file: "lib/terminal/causes.ts",
            find: "...(others.length > 0 ? [sortProblems(others)] : [])",
            replace: "...(others.length > shapes.length ? [sortProblems(others)] : [])",
          },
        ],
      },
    ],
  },
  {
    file: "test/cli.test.ts",
    name: "exits 3 when refused, and 0 with --force",
    mutants: [
      {
        name: "a refusal is no failure unless problems are",
        edits: [
          {
            file: "lib/commands/exit.ts",
            find: 'if (refused) return refused.code === "site-unusable" ? USAGE : REFUSED;',
            replace: 'if (refused) return refused.code === "site-unusable" ? USAGE : strict ? REFUSED : DONE;',
          },
        ],
      },
    ],
  },
  {
    file: "test/formats/page/media.test.ts",
    name: "is not asked from others",
    mutants: [
      {
        name: "a page asks others for their pictures",
        edits: [
          {
            file: "lib/formats/page/own.ts",
            find: "[site.url, site.feeds, site.media].some((base) => originOf(base) === origin)",
            replace:
              "[site.url, site.feeds, site.media].some((base) => originOf(base) === origin || origin !== undefined)",
          },
        ],
      },
    ],
  },
  {
    file: "test/preview/server.test.ts",
    name: "refuses other host names, and allows only origins of this machine",
    mutants: [
      {
        name: "the preview answers to any name that begins as this machine's",
        edits: [
          {
            file: "lib/preview/server.ts",
            find: "/^(?:127\\.0\\.0\\.1|localhost|\\[::1\\])(?::\\d+)?$/i.test(host)",
            replace: "/^(?:127\\.0\\.0\\.1|localhost|\\[::1\\])/i.test(host)",
          },
        ],
      },
    ],
  },
  {
    file: "test/preview/live.test.ts",
    name: "other sites can neither listen nor read the preview's own pages",
    mutants: [
      {
        name: "other pages of this machine may read drafts",
        edits: [
          {
            file: "lib/preview/server.ts",
            find: " && !path.startsWith(OWN);",
            replace: " && path !== `${OWN}events`;",
          },
        ],
      },
    ],
  },
  {
    file: "test/preview/inject.test.ts",
    name: "its policy allows every style and script that is in it, and no other",
    mutants: [
      {
        name: "the preview allows every script of its own address",
        edits: [
          {
            file: "lib/preview/inject.ts",
            find: '["script-src", hashSource(LIVE_SCRIPT)],',
            replace: "[\"script-src\", `'self' ${hashSource(LIVE_SCRIPT)}`],",
          },
        ],
      },
    ],
  },
  {
    file: "test/publish/rest/look.test.ts",
    name: "looks closer when a document is gone",
    mutants: [
      {
        name: "a site is at rest though a document is gone",
        edits: [
          {
            file: "lib/publish/rest/look.ts",
            find: "if (top && isAsNoted(top, now) && published.isInPlace()) {",
            replace: "if (top && isAsNoted(top, now) && (published.isInPlace() || !published.has(''))) {",
          },
        ],
      },
    ],
  },
  {
    file: "test/triggers/deliveries.test.ts",
    name: "each delivery is followed by a run for it, at most five minutes later; of one body there are two in five minutes at most",
    mutants: [
      {
        name: "what comes again triggers its run at once, before what comes a third time",
        edits: [
          {
            file: "lib/triggers/deliveries.ts",
            find: "deliveryOf(last, left + MARGIN_SECONDS)",
            replace: "deliveryOf(last, Math.min(left, MARGIN_SECONDS))",
          },
        ],
      },
      {
        name: "each instance of the function counts for itself",
        edits: [
          {
            file: "lib/triggers/deliveries.ts",
            find: "if (error instanceof StoreConflict) return true;",
            replace: "if (error instanceof StoreConflict) return false;",
          },
        ],
      },
    ],
  },
  {
    file: "test/functions/webhook.test.ts",
    name: "is verified with a new secret at once, and with the former one until the next is put",
    mutants: [
      {
        name: "the former secret does not count",
        edits: [
          {
            file: "lib/lambda/secret.ts",
            find: "return former ? [current, former] : [current];",
            replace: "return former ? [current] : [current];",
          },
        ],
      },
      {
        name: "a new secret waits until the former ones are read again",
        edits: [
          {
            file: "lib/lambda/once.ts",
            find: "tried + pause <= Date.now()",
            replace: "tried + ms <= Date.now()",
          },
          { file: "lib/lambda/once.ts", find: "(ms: number, pause: number,", replace: "(ms: number, _pause: number," },
        ],
      },
    ],
  },
  {
    file: "test/publish/scan/manyhints.test.ts",
    name: "after any edits many hints give the documents and records that few give",
    mutants: [
      {
        name: "beyond some hundreds of hints nothing is looked at",
        edits: [
          {
            file: "lib/publish/scan/scan.ts",
            find: "if (first.size > FEW_HINTS && isListingBetter(first.size, records.length)) return undefined;",
            replace:
              "if (first.size > FEW_HINTS && isListingBetter(first.size, records.length)) return { findings: new Map(), posts: new Map() };",
          },
        ],
      },
    ],
  },
  {
    file: "test/functions/functions.test.ts",
    name: "refuses content without a site.yaml once there was a catalog, and one that cannot be used on the first day, too",
    mutants: [
      {
        name: "content that is gone is taken for a first day",
        edits: [{ file: "lib/lambda/nocontent.ts", find: "head.catalog !== undefined || ", replace: "head.lease || " }],
      },
    ],
  },
  {
    file: "test/functions/functions.test.ts",
    name: "measures 0 in the run that is well again, so that alarms end, and nothing in one that another overtook",
    mutants: [
      {
        name: "a run that another one overtook ends the alarm on refusals",
        edits: [
          {
            file: "lib/lambda/outcome/run.ts",
            find: "Refused: hasNotLooked ? undefined : count(refused ? 1 : 0)",
            replace: "Refused: count(refused && !isOvertaken ? 1 : 0)",
          },
        ],
      },
    ],
  },
  {
    file: "test/infra/alarms.test.ts",
    name: "does not ring for a first publication in three parts of fifteen minutes",
    mutants: [
      {
        name: "a run that read a part of the posts did no work",
        edits: [
          {
            file: "lib/lambda/outcome/run.ts",
            find: "Put: isOvertaken ? undefined",
            replace: "Put: hasNotLooked ? undefined",
          },
        ],
      },
    ],
  },
  {
    file: "test/functions/prepare.test.ts",
    name: "publishes all the same where the machine takes too long, by the trigger that this enqueues, or by the next full run",
    mutants: [
      {
        name: "a machine that takes too long is begun for ever",
        edits: [
          {
            file: "lib/triggers/machine.ts",
            find: 'status !== "SUCCEEDED" && stopDate',
            replace: 'status === "SUCCEEDED" && stopDate',
          },
        ],
      },
      {
        name: "nothing is enqueued for a machine that takes too long",
        edits: [{ file: "infra/machine.ts", find: '"FAILED", "TIMED_OUT", "ABORTED"', replace: '"FAILED", "ABORTED"' }],
      },
    ],
  },
  {
    file: "test/announce/announce.test.ts",
    name: "does not tell where a run wrote while it asked",
    mutants: [
      {
        name: "what is served counts as stale while a run writes",
        edits: [
          {
            file: "lib/announce/canary.ts",
            find: "if (found !== undefined && (await settled()) !== before) return undefined;",
            replace: "",
          },
        ],
      },
    ],
  },
  {
    file: "test/publish/scan/prepared/reading.test.ts",
    name: "no run reads what one before it has read",
    mutants: [
      {
        name: "what was prepared is not taken up",
        edits: [
          {
            file: "lib/publish/scan/prepared/prepared.ts",
            find: "if (listed.get(key)?.etag !== etag ||",
            replace: "if (listed.get(key)?.etag === etag ||",
          },
        ],
      },
    ],
  },
  {
    file: "test/publish/scan/prepared/reading.test.ts",
    name: "a removal of what counts for a folder counts, whenever it comes",
    mutants: [
      {
        name: "a prepared finding is taken up though another file that counts for it has changed",
        edits: [
          {
            file: "lib/publish/scan/prepared/prepared.ts",
            find: "if (depsDigest(finding.deps ?? [], listed) !== finding.depsDigest) return;",
            replace: "if (depsDigest([], listed) !== undefined) return;",
          },
        ],
      },
    ],
  },
  {
    file: "test/publish/scan/prepared/reading.test.ts",
    name: "gets on all the same: each reads a portion",
    mutants: [
      {
        name: "a run without any time reads nothing",
        edits: [
          {
            file: "lib/publish/scan/prepared/portions.ts",
            find: "if (n > 0 && clock.now() >= until)",
            replace: "if (clock.now() >= until)",
          },
        ],
      },
    ],
  },
  {
    file: "test/functions/prepare.test.ts",
    name: "reads few posts by itself, and any that were not prepared once all that can be is",
    mutants: [
      {
        name: "the run that takes up what was prepared begins it all again",
        edits: [
          {
            file: "functions/rebuild.ts",
            find: "preparer: trigger.prepared || trigger.force ? undefined : await open.preparer(),",
            replace: "preparer: trigger.dryRun ? undefined : await open.preparer(),",
          },
        ],
      },
    ],
  },
  {
    file: "test/publish/prepare.test.ts",
    name: "an entry that was collected before any run named it is rendered again",
    mutants: [
      {
        name: "a record names a pack that was collected",
        edits: [
          {
            file: "lib/publish/scan/prepared/reading.ts",
            find: "places: await inPacks(state, places)",
            replace: "places: (await inPacks(state, places)).size < 0 ? new Map() : places",
          },
        ],
      },
    ],
  },
  {
    file: "test/infra/iam/services.test.ts",
    name: "AWS's services may do all that the resources of a deployment ask of them, and nothing that none asks for",
    mutants: [
      {
        name: "another bucket than that of the content may enqueue triggers",
        edits: [
          {
            file: "infra/triggers.ts",
            find: 'ArnEquals: { "aws:SourceArn": arn }',
            replace: 'ArnEquals: { "aws:SourceArn": `${arn}-2` }',
          },
        ],
      },
      {
        name: "the CDN may not be told that a key is missing",
        edits: [
          {
            file: "infra/cdn.ts",
            find: 'actions: ["s3:ListBucket"], resources: [bucket.bucketArn]',
            replace: 'actions: ["s3:ListBucket"], resources: [bucket.arnForObjects("*")]',
          },
        ],
      },
    ],
  },
  {
    file: "test/push/pull.test.ts",
    name: "an edit of posts/b.md by phone during a push is neither replaced nor removed",
    mutants: [
      {
        name: "a push removes what is there in the end, not what it planned to",
        edits: [
          {
            file: "lib/push/carryout.ts",
            find: "to.delete(key, present({ ifMatch: situation.present.get(key) }))",
            replace: "to.delete(key, present({ durable: situation.force || undefined }))",
          },
        ],
      },
    ],
  },
  {
    file: "test/push/pull.test.ts",
    name: "a push that removes during a pull is not taken for a removal by phone",
    mutants: [
      {
        name: "a pull does not see that a push began meanwhile",
        edits: [
          {
            file: "lib/push/pull/sides.ts",
            find: "after?.etag !== manifest.etag",
            replace: "after === undefined && manifest.etag !== undefined",
          },
        ],
      },
    ],
  },
  {
    file: "test/push/pull.test.ts",
    name: "removes a file that was removed by phone and not changed here, and no push puts it again before",
    mutants: [
      {
        name: "a push puts again what was removed by phone",
        edits: [
          {
            file: "lib/push/plan.ts",
            find: "if (force || !isRemovedByOthers(last, seen[key]))",
            replace: "if (force || !isRemovedByOthers(undefined, seen[key]))",
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/passkeys.test.ts",
    name: "wins alone where two use one code at once",
    mutants: [
      {
        name: "a code is used without asking whether it was",
        edits: [
          {
            file: "lib/signin/codes/codes.ts",
            find: "if (!(await swapKept(state, keyOf(code.name), { ...code.value, used: device }, code))) throw wrongCode();",
            replace: "await swapKept(state, keyOf(code.name), { ...code.value, used: device }, code);",
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/granted.test.ts",
    name: "whatever it says, is granted to nobody but the one whom it names",
    mutants: [
      {
        name: "what is for somebody else is done for whoever is signed in",
        edits: [
          {
            file: "lib/signin/requests/author.ts",
            find: "decoded(said) === author) return;",
            replace: 'decoded(said) === author || said !== "") return;',
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/attacks.test.ts",
    name: "comes from us only if every header that says where it comes from says so",
    mutants: [
      {
        name: "what one header says is believed against the other",
        edits: [
          {
            file: "lib/signin/requests/sameorigin.ts",
            find: "if (from !== null && from !== origin) return false;",
            replace: "if (from !== null) return from === origin;",
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/attacks.test.ts",
    name: "holds no secret that was ever shown or sent, through everything that people and apps do",
    mutants: [
      {
        name: "the log has the code that was made",
        edits: [
          {
            file: "lib/signin/page/access.ts",
            find: "was made by ${grant.id}`",
            replace: "was made by ${grant.id}: ${code}`",
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/attacks.test.ts",
    name: "nor for an author whom site.yaml names no more",
    mutants: [
      {
        name: "a code says who somebody was",
        edits: [
          {
            file: "lib/signin/indieauth/codes.ts",
            find: "assertWriter(kept.value, await site());",
            replace: 'if (kept.value.role === "owner") assertWriter(kept.value, await site());',
          },
        ],
      },
    ],
  },
  {
    file: "test/signin/indieauth.test.ts",
    name: "ends altogether when two ask by one token at once, in one process or two",
    mutants: [
      {
        name: "of two that renew at once one goes on",
        edits: [
          {
            file: "lib/signin/indieauth/refresh.ts",
            find: "if (renewed) return renewed;",
            replace: "if (!renewed) throw wrongRefresh();\n    return renewed;",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/once.test.ts",
    name: "a request that comes after the post was removed does not make it again",
    mutants: [
      {
        name: "a repeated request looks at the post alone",
        edits: [
          {
            file: "lib/micropub/act/create.ts",
            find: "if (begun.created) return begun.created;",
            replace: "if (begun.created && begun.file.text) return begun.created;",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/edit.test.ts",
    name: "refuses what would change another field, and says so",
    mutants: [
      {
        name: "an edit is not read again",
        edits: [
          {
            file: "lib/micropub/edit/only.ts",
            find: "if (!changed.has(name) && !isSame(old?.fields.get(name), next?.fields.get(name))) throw cannotEdit([name]);",
            replace:
              "if (!changed.has(name) && !isSame(old?.fields.get(name), old?.fields.get(name))) throw cannotEdit([name]);",
          },
        ],
      },
    ],
  },
  {
    file: "test/micropub/micropub.test.ts",
    name: "is withdrawn, and removed the next time, but for the same request sent again",
    mutants: [
      {
        name: "a delete that is sent again removes the post",
        edits: [
          {
            file: "lib/micropub/act/withdraw.ts",
            find: "const SHORTLY_MS = 5 * 60_000;",
            replace: "const SHORTLY_MS = 0;",
          },
        ],
      },
    ],
  },
  {
    file: "test/functions/write.test.ts",
    name: 'with the header "another" gets 403, and nothing is asked',
    mutants: [
      {
        name: "any secret will do for a request to write",
        edits: [
          {
            file: "lib/lambda/known.ts",
            find: "return fits.includes(true);",
            replace: "return fits.includes(true) || secrets.length > 0;",
          },
        ],
      },
    ],
  },
  {
    file: "test/write/write.test.ts",
    name: "of each answer keep it from being framed, sniffed, cached and referred to",
    mutants: [
      {
        name: "an answer to one person may be given to the next",
        edits: [
          {
            file: "lib/write/headers.ts",
            find: 'return type.startsWith("text/html") ? "private, no-cache" :',
            replace: 'return type.startsWith("text/html") ? "no-cache" :',
          },
        ],
      },
    ],
  },
  {
    file: "test/write/write.test.ts",
    name: "of another kind says nothing of what was sent, neither in the answer nor in the log",
    mutants: [
      {
        name: "the log has the message of any error",
        edits: [
          {
            file: "lib/write/write.ts",
            find: "error instanceof StoreError ? error.message :",
            replace: 'error instanceof StoreError || error.name === "SyntaxError" ? error.message :',
          },
        ],
      },
    ],
  },
  {
    file: "test/write/page/page.test.ts",
    name: "a title that looks like markup ends no script and is no markup",
    mutants: [
      {
        name: "what the script of the writing page is given may end it",
        edits: [
          {
            file: "lib/write/page/page.ts",
            find: 'JSON.stringify(value).replaceAll("<"',
            replace: 'JSON.stringify(value).replaceAll("<<"',
          },
        ],
      },
    ],
  },
  {
    file: "test/write/page/properties.test.ts",
    name: "a post in which nothing was changed asks for nothing",
    mutants: [
      {
        name: "an edit from a phone asks for what it did not change",
        edits: [
          {
            file: "lib/write/page/client/sending/properties.ts",
            find: "JSON.stringify(values) !== JSON.stringify(before[name])",
            replace: "values !== before[name]",
          },
        ],
      },
    ],
  },
  {
    file: "test/write/page/place.test.ts",
    name: "a place is gone, below the movie and below its tracks, and no byte of the recording has moved",
    mutants: [
      {
        name: "a video keeps the place that is written into its tracks",
        edits: [
          {
            file: "lib/write/page/client/media/place.ts",
            find: 'const HOLDERS = ["moov", "trak"]',
            replace: 'const HOLDERS = ["moov"]',
          },
        ],
      },
    ],
  },
];
