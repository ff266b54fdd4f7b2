import { AppError } from '@finity/kit/http/app-error.ts'

export class DeadLetterNotFound extends AppError {
  constructor() {
    super(404, 'DEAD_LETTER_NOT_FOUND')
  }
}
