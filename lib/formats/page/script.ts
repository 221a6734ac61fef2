/** The one thing that a page cannot do without a script: copying an address. Without it the buttons stay hidden. */

/** Free of `<` and `&`, so that it is the same to an HTML and an XML parser. */
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

export const SCRIPT = SOURCE.replace(/\s*\n\s*/g, "\n").trim();
