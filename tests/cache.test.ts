import { expect, test } from 'vitest'
import { bake, editSources } from './support/bake.ts'

test('an edit of sources builds the bundles anew, and neither installs nor generates anything', () => {
  bake()
  editSources()

  const stages = new Set(stepsThatRan(bake()))

  expect(stages).toContain('build')
  expect([...stages].filter((stage) => !ofSources.includes(stage))).toEqual([])
})

/** Stages whose content is the sources'. The last one of an image without a name is "stage-N". */
const ofSources = ['source', 'build', 'runtime-app', 'runtime', 'stage-1']

/** The stages of the RUN and COPY steps that did not come from the cache, as BuildKit's plain progress names them. */
function stepsThatRan(progress: string): string[] {
  const cached = new Set([...progress.matchAll(/^#(\d+) CACHED/gm)].map(([, id]) => id))
  return [...progress.matchAll(/^#(\d+) \[(?:\S+ )?(\S+) +\d+\/\d+\] (?:RUN|COPY)/gm)]
    .filter(([, id]) => !cached.has(id))
    .map(([, , stage = '']) => stage)
}
