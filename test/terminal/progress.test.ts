/** The line that shows how far a run has come. */
import { describe, expect, test } from "vitest";
import { openProgress, type Screen, showStep } from "../../lib/terminal/progress.ts";
import { post, world } from "../support/world.ts";

/** A terminal that understands what erases a line, and shows what would be seen. */
function terminal(
  columns: number,
): Screen & { columns: number; narrow(columns: number): void; seen(): readonly string[] } {
  let rows = [""];
  let row = 0;
  return {
    columns,
    write(text: string | Uint8Array) {
      for (const part of String(text).match(/\u001b\[\d*[A-Z]|[^\u001b]/g) ?? []) {
        if (part === "\u001b[1G") rows[row] ??= "";
        else if (part === "\u001b[0J") rows = [...rows.slice(0, row), ""];
        else if (/^\u001b\[\d+A$/.test(part)) row -= Number(part.slice(2, -1));
        else if (part === "\n") rows[++row] = "";
        else rows[row] += part;
      }
      return true;
    },
    narrow(columns) {
      this.columns = columns;
      rows = rows.flatMap((text) => text.match(new RegExp(`.{1,${columns}}`, "g")) ?? [""]);
      row = rows.length - 1;
    },
    seen: () => rows,
  };
}

const at = (done: number) => ({ step: "read", done, total: 1500 }) as const;

describe("the line of progress", () => {
  test("is not shown for work of less than half a second", () => {
    let time = 0;
    const screen = terminal(80);
    const { show } = openProgress(screen, () => time);
    for (time = 0; time < 500; time += 10) show(at(time / 10 + 1));
    expect(screen.seen()).toEqual([""]);
  });

  test("is replaced, and gone before anything else is written", () => {
    let time = 0;
    const screen = terminal(80);
    const { show, erase } = openProgress(screen, () => time);
    show(at(1));
    time = 1000;
    show(at(500));
    expect(screen.seen()).toEqual(["posts read  [#######-------------]   500 of 1500  2 s left"]);
    time = 1050;
    show(at(520));
    expect(screen.seen()[0]).toContain(" 500 of");
    time = 2000;
    show(at(1000));
    expect(screen.seen()).toEqual(["posts read  [#############-------]  1000 of 1500  1 s left"]);
    erase();
    screen.write("a line\n");
    time = 2500;
    show({ step: "write", done: 1, total: 3 });
    expect(screen.seen()).toEqual(["a line", "documents written  [#######-------------]  1 of 3"]);
    erase();
    expect(screen.seen()).toEqual(["a line", ""]);
  });

  test("never fills a row, however narrow the terminal", () => {
    for (const [width, shown] of [
      [58, "posts read  [#######-------------]   500 of 1500  2 s left"],
      [57, "posts read   500 of 1500  2 s left"],
      [33, "posts read   500 of 1500"],
      [20, " 500 of 1500"],
      [5, ""],
    ] as const) {
      expect(showStep(at(500), 1000, width)).toBe(shown);
    }
  });

  test("of a terminal that became narrower goes from all rows that it was broken into", () => {
    let time = 0;
    const screen = terminal(80);
    const { show, erase } = openProgress(screen, () => time);
    show(at(1));
    time = 1000;
    show(at(500));
    screen.narrow(25);
    expect(screen.seen()).toHaveLength(3);
    erase();
    expect(screen.seen()).toEqual([""]);
  });
});

test("a run tells each post that it read, each entry that it rendered and each document that it wrote", async () => {
  const site = await world({ "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) });
  const told: string[] = [];
  const report = await site.publish({ progress: ({ step, done, total }) => told.push(`${step} ${done}/${total}`) });
  expect(told).toEqual([
    ...["read 1/2", "read 2/2", "render 1/2", "render 2/2", "render 1/2", "render 2/2"],
    ...report.put.map((_, i) => `write ${i + 1}/${report.put.length}`),
  ]);
});
