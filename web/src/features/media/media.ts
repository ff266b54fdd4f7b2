import type { operations } from '../../lib/api/api-schema.d.ts'

export type Media = operations['readMedia']['responses'][200]['content']['application/json']
export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'other'
/** Which of the account's files are shown. */
export type MediaFilter = { kind: MediaKind | null; name: string; deleted: boolean }

export const EVERYTHING: MediaFilter = { kind: null, name: '', deleted: false }

export function isFiltered({ kind, name, deleted }: MediaFilter): boolean {
  return kind !== null || name !== '' || deleted
}

export const mediaKinds: readonly MediaKind[] = ['image', 'video', 'audio', 'document', 'other']

/** What can be shown or played here; anything else is there to be downloaded. */
export function shownAs({ media_type: type, width }: Media): 'image' | 'video' | 'audio' | 'file' {
  if (type.startsWith('video/')) return 'video'
  if (type.startsWith('audio/')) return 'audio'
  return type.startsWith('image/') && width !== null ? 'image' : 'file'
}

/** Links carry the end of their time. */
export function linksEndAt({ links }: Media): number {
  return Number(new URLSearchParams(links.content.split('?')[1]).get('expires')) * 1000
}
