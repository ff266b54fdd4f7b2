/** A reason not to start, or to end a job, whose message says all that a person needs: no stack is shown with it. */
export class StartupFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = new.target.name
  }
}
