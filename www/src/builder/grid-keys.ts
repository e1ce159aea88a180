/** The keys of a grid: one stop for Tab, the arrows go from cell to cell. */

export function wireGridKeys(grid: HTMLElement): void {
  const focus = (button: HTMLElement | undefined): void => {
    if (!button) return;
    grid.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    button.setAttribute("tabindex", "0");
    button.focus();
  };
  grid.addEventListener("focusin", (event) => {
    const button = event.target as HTMLElement;
    if (button.getAttribute("tabindex") === "0") return;
    grid.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    button.setAttribute("tabindex", "0");
  });
  grid.addEventListener("keydown", (event) => {
    const rows = [...grid.children].map((row) => [...row.querySelectorAll<HTMLElement>("button")]).filter((buttons) => buttons.length > 0);
    const row = rows.findIndex((buttons) => buttons.includes(document.activeElement as HTMLElement));
    const buttons = rows[row];
    if (!buttons) return;
    const column = buttons.indexOf(document.activeElement as HTMLElement);
    const target = {
      ArrowLeft: () => buttons[column - 1],
      ArrowRight: () => buttons[column + 1],
      ArrowUp: () => inRow(rows[row - 1], column),
      ArrowDown: () => inRow(rows[row + 1], column),
      Home: () => inRow(rows[0], 0),
      End: () => inRow(rows.at(-1), 0),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    focus(target());
  });
}

/** The same column, or the last that the row has. */
function inRow(buttons: HTMLElement[] | undefined, column: number): HTMLElement | undefined {
  return buttons?.[Math.min(column, buttons.length - 1)];
}
