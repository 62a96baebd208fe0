import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

const MARGIN = 8;

interface PopoverProps {
  /** Accessible name of the button. */
  label?: string;
  labelledBy?: string;
  className: string;
  panelClass?: string;
  popup: 'menu' | 'listbox' | 'dialog';
  disabled?: boolean;
  invalid?: boolean;
  testId?: string;
  /** What the button shows. */
  face: ComponentChildren;
  /** What opens; drawn only while open. */
  panel(close: () => void): ComponentChildren;
  align?: 'start' | 'end';
  /** At least as wide as its button. */
  matchWidth?: boolean;
}

/** A button with a panel in the browser's top layer, so that no scrolling box or dialog cuts it off. */
export function Popover(props: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!open) return;
    const place = () => placePanel(button.current, panel.current, props);
    place();
    const watcher = new ResizeObserver(place);
    if (panel.current) watcher.observe(panel.current);
    addEventListener('resize', place);
    document.addEventListener('scroll', place, true);
    return () => {
      watcher.disconnect();
      removeEventListener('resize', place);
      document.removeEventListener('scroll', place, true);
    };
  }, [open]);
  const close = () => panel.current?.hidePopover();
  return html`<button ref=${button} type="button" class=${props.className} popovertarget=${id} aria-haspopup=${props.popup} data-testid=${props.testId}
      aria-expanded=${open} aria-label=${props.label} aria-labelledby=${props.labelledBy} aria-invalid=${props.invalid || undefined}
      title=${props.popup === 'menu' ? props.label : undefined} disabled=${props.disabled}>${props.face}</button>
    <div ref=${panel} id=${id} popover="auto" class=${`popover ${props.panelClass ?? ''}`}
      onToggle=${(event: ToggleEvent) => event.target === panel.current && setOpen(event.newState === 'open')}>${open ? props.panel(close) : null}</div>`;
}

function placePanel(button: HTMLElement | null, panel: HTMLElement | null, { align, matchWidth }: PopoverProps): void {
  if (!button || !panel) return;
  const anchor = button.getBoundingClientRect();
  if (matchWidth) panel.style.minWidth = `${Math.min(anchor.width, innerWidth - 2 * MARGIN)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = anchor.bottom + 4;
  const fitsBelow = below + height <= innerHeight - MARGIN;
  const top = fitsBelow ? below : anchor.top - height - 4;
  const left = align === 'end' ? anchor.right - width : anchor.left;
  panel.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
}
