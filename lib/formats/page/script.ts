/** The script of a page: copies a feed's address. Without scripts the buttons stay hidden. */

/** Without `<` and `&`, so that HTML and XML parsers read the same. */
const SOURCE = `
for (const button of document.querySelectorAll("button")) {
  const field = button.previousElementSibling;
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
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      if (!document.execCommand("copy")) return;
      button.focus();
    }
    say(button.dataset.done);
  };
  field.onfocus = () => field.select();
}
`;

export const SCRIPT = SOURCE.trim().split(/\n\s*/).join("\n");
