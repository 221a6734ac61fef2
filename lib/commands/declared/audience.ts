/** The command that says who reads: its words. */
import { declare } from "../declare.ts";
import { fromCallersFolder, NOW, STORES } from "../options.ts";

export const AUDIENCE = declare({
  name: "audience",
  summary: "count who reads which feed, from access logs",
  more: "It keeps a small count of each day in the state store, and no address; without logs it shows what was counted before.",
  arguments: {
    logs: {
      summary: "folders, files or s3://bucket/prefix with logs of CloudFront, nginx, Apache or Caddy",
      isOptional: true,
      isRepeated: true,
      parse: fromCallersFolder,
    },
  },
  options: {
    ...STORES,
    page: { value: "file", summary: "also write the page for the author into this file", parse: fromCallersFolder },
    "dry-run": { summary: "count and show; keep nothing" },
    json: { summary: "print all that was worked out, as JSON" },
    csv: { summary: "print every day, channel and reader, as CSV" },
    ...NOW,
  },
  examples: [
    ["audience /var/log/nginx/blog.access.log", "count a log of a server, and see who reads"],
    ["audience s3://logs/cdn --state s3://state --page audience.html", "count those of CloudFront, and draw a page"],
  ],
});
