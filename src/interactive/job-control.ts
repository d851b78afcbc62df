/** How the shell stops a program and lets it go on (Ctrl-Z, fg, bg); there is none on Windows. */
export interface JobControl {
  /**
   * Calls `asked` in place of stopping when somebody asks the process to stop, and `continued` when it goes on after it
   * was stopped without being asked. Gives a function that ends that.
   */
  listen(asked: () => void, continued: () => void): () => void;
  /** Asks all programs in the foreground to stop, this one among them: what a terminal does at Ctrl-Z by itself. */
  ask(): void;
  /** Stops this process, which must not be listening, and returns when it goes on; at once where no shell could do that. */
  stop(): void;
}
