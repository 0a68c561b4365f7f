/**
 * `<cu-playground src="https://…">`: a frame with the editor and the console of a playground, in a workspace that does not
 * stay. Importing the module defines the element.
 *
 * | attribute | what it says |
 * |---|---|
 * | `src` | where the playground is; needed |
 * | `example` | the name of the example to show |
 * | `link` | what to show: the address of a link from “Share as a link”, or what is in it from `#cu=` on |
 * | `file` | the file to show first |
 * | `readonly` | the program can only be read and run |
 * | `run` | the program runs at once |
 * | `theme` | `light` or `dark`; else as the system |
 * | `title` | names the frame for assistive technology |
 *
 * Without `example` and `link`, the text in the element is the program. A frame is loaded when it comes into view.
 */
export class CuPlayground extends HTMLElement {
  /** The address of the frame, or `undefined` where `src` is missing or no address. */
  readonly address: string | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'cu-playground': CuPlayground;
  }
}
