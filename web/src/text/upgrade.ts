import { countOf } from './plural.ts'

export const upgradeText = {
  documents: (allowed: number) =>
    `Your plan has room for ${countOf(allowed, 'document', 'documents')}, and all of it is taken. Delete some, or get a larger plan.`,
  storage: (allowed: string) =>
    `Your plan has room for ${allowed} of files, and this does not fit any more. Delete some, or get a larger plan.`,
  seePlans: 'See the plans',
}
