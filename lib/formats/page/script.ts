/** The script of a page: copies a feed's address. Without scripts the buttons stay hidden. */

/** Without `<` and `&`, so that HTML and XML parsers read the same. */
const SOURCE = `
for (const button of document.querySelectorAll("button")) {
  const address = button.previousElementSibling.getAttribute("href");
  const status = document.querySelector("[role=status]");
  const label = button.textContent;
  const say = (text) => {
    button.textContent = text || label;
    status.textContent = text;
  };
  button.hidden = false;
  button.onblur = () => say("");
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      const field = document.createElement("textarea");
      field.value = address;
      field.className = "far";
      button.after(field);
      field.select();
      const isCopied = document.execCommand("copy");
      field.remove();
      button.focus();
      if (!isCopied) return;
    }
    say(button.dataset.done);
  };
}
`;

export const SCRIPT = SOURCE.trim().split(/\n\s*/).join("\n");
