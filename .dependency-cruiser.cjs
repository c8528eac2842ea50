// Who may import whom: architecture, section 2. Arrows point at what may be imported.
const rule = (name, from, to) => ({ name, severity: 'error', from, to })
// in the order of who may call whom: a module calls only those before it
const modules =
  'referentiels identite fichiers comptabilite conventions appels-a-projets commandes distribution lieux beneficiaires ateliers prescriptions mandats financement remboursements reprises echeances alertes exports pilotage recherche audit'.split(
    ' ',
  )
const at = (names) => `^apps/api/src/modules/(${names.join('|')})/`
const browser = '^packages/web/|^apps/(collectivite|prescripteur|mediateur|anct|operateur|partenaire|compte|public)/'
const tests = '\\.test\\.tsx?$|/test/|^apps/e2e/|^fuzz/|^drill/|^mutants/'

exports.forbidden = [
  rule(
    'domain-is-pure',
    { path: '^packages/domain/', pathNot: tests },
    { pathNot: '^packages/domain/|/(stdnum|ibantools|opening_hours)/' },
  ),
  rule(
    'contracts-know-domain-and-zod',
    { path: '^packages/contracts/', pathNot: tests },
    { pathNot: '^packages/(domain|contracts)/|/zod/' },
  ),
  rule('browser-never-meets-server', { path: browser }, { path: '^apps/api/|^prisma/|/(fastify|@fastify|pg|@prisma)/' }),
  rule('server-never-meets-browser', { path: '^apps/api/' }, { path: '^packages/web/|/(react|react-dom|react-router)/' }),
  rule('apps-are-islands', { path: '^apps/([^/]+)/', pathNot: '^apps/e2e/' }, { path: '^apps/', pathNot: '^apps/($1|simulateurs)/' }),
  rule('simulators-in-tests', { path: '^apps/', pathNot: `^apps/simulateurs/|${tests}` }, { path: '^apps/simulateurs/' }),
  rule(
    'public-only',
    { path: '^apps/api/src/modules/([^/]+)/', pathNot: tests },
    { path: '^apps/api/src/modules/', pathNot: '^apps/api/src/modules/($1/|[^/]+/public\\.ts$)' },
  ),
  rule('platform-ignores-modules', { path: '^apps/api/src/platform/', pathNot: tests }, { path: '^apps/api/src/modules/' }),
  rule(
    'fastify-at-the-door',
    { path: '^apps/api/src/', pathNot: `^apps/api/src/(server\\.ts$|platform/)|[/-]routes\\.ts$|${tests}` },
    { path: '/(fastify|@fastify)/' },
  ),
  rule(
    'pdfkit-in-documents',
    { path: '^apps/api/src/', pathNot: `\\.pdf\\.ts$|^apps/api/src/platform/pdf/|${tests}` },
    { path: '/(pdfkit|@types/pdfkit)/' },
  ),
  rule('component-library-in-ui', { path: browser, pathNot: '^packages/web/src/ui/' }, { path: '/react-aria-components/' }),
  rule('no-cycle', {}, { circular: true }),
  // `?url` is the bundler's own word: the file is named without it, and the build fails when it is not there
  rule('everything-resolves', {}, { couldNotResolve: true, pathNot: '\\.wasm\\?url$' }),
  rule('source-ignores-tests', { pathNot: tests }, { path: tests, pathNot: 'node_modules' }),
  ...modules
    .slice(0, -1)
    .map((name, i) => rule(`${name}-calls-leftward`, { path: at([name]), pathNot: tests }, { path: at(modules.slice(i + 1)) })),
  rule('every-module-has-a-place', {}, { path: '^apps/api/src/modules/', pathNot: at(modules) }),
]
exports.options = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: 'platform/prisma/|(^|/)dist/' },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.base.json' },
  // without this, workspace packages do not resolve
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
}
