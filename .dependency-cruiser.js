const service = '^services/(auth|api|backup)/src'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'services-apart',
      comment: 'auth and api speak over HTTP only.',
      severity: 'error',
      from: { path: '^services/(auth|api|backup)/' },
      to: { path: '^services/(auth|api|backup)/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-know-no-web',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^web/' },
    },
    {
      name: 'web-knows-no-services',
      comment: 'The web app knows the HTTP contract, not the code behind it.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^services/' },
    },
    {
      name: 'kit-knows-no-service',
      severity: 'error',
      from: { path: '^services/kit/' },
      to: { path: '^services/(auth|api|backup)/' },
    },
    {
      name: 'src-knows-no-test',
      severity: 'error',
      from: { path: '^services/[^/]+/src/' },
      to: { path: '^services/[^/]+/(test|testing|build)/' },
    },
    {
      name: 'main-on-top',
      comment: 'main → app → routes → flow → store: nothing below imports what is above.',
      severity: 'error',
      from: { path: `${service}/`, pathNot: `${service}/(main|migrate)\\.ts$` },
      to: { path: `${service}/(main|app|work|migrate)\\.ts$` },
    },
    {
      name: 'routes-below-app',
      severity: 'error',
      from: { path: `${service}/`, pathNot: `${service}/app\\.ts$` },
      to: { path: `${service}/[^/]+/routes\\.ts$` },
    },
    {
      name: 'stores-private',
      comment: 'A feature uses another feature through its flows, never its store. Types may travel.',
      severity: 'error',
      from: { path: `${service}/([^/]+)/` },
      to: {
        path: `${service}/[^/]+/[^/]+-store\\.ts$`,
        pathNot: `${service}/$2/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'express-at-the-edge',
      comment: 'Handlers get checked input and return an answer; only kit and app know what serves them.',
      severity: 'error',
      from: { path: '^services/', pathNot: ['^services/kit/', '/bench/', `${service}/app\\.ts$`] },
      to: { path: '(^|/)node_modules/(@types/)?(express|helmet)/' },
    },
    {
      name: 'prisma-in-stores',
      severity: 'error',
      from: { path: `${service}/`, pathNot: [`${service}/context\\.ts$`, '-store\\.ts$'] },
      to: { path: '(generated/prisma|node_modules/@prisma)/' },
    },
    {
      name: 'web-direction',
      comment: 'app → features → components, lib.',
      severity: 'error',
      from: { path: '^web/src/(features|components|lib)/' },
      to: { path: '^web/src/app/' },
    },
    {
      name: 'web-shared-knows-no-feature',
      severity: 'error',
      from: { path: '^web/src/(components|lib)/' },
      to: { path: '^web/src/features/' },
    },
    {
      name: 'web-features-apart',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'nothing-missing',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', 'generated'] },
    exclude: { path: ['/dist/', '/test-results/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts', '.json'],
    },
  },
}
