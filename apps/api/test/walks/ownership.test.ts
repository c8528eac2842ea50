import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

/** Table and Prisma delegate → the module whose .prisma file declares it. */
const owners = () => {
  const owner = new Map<string, string>()
  for (const file of globSync('prisma/schema/*.prisma', { cwd: root }))
    for (const [, model = '', body = ''] of read(file).matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)) {
      const module = basename(file, '.prisma')
      owner.set(/@@map\("(\w+)"\)/.exec(body)?.[1] ?? model, module)
      owner.set(`.${model[0]!.toLowerCase()}${model.slice(1)}`, module)
    }
  return owner
}

const SQL_WRITE = /\b(?:insert\s+into|update|delete\s+from|truncate)\s+(?:only\s+)?([a-z_]+)\b/gi
const PRISMA_WRITE =
  /(\.[a-z]\w+)\.(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)\(/g
const CTES = /(?:with|,)\s+([a-z_]+)(?:\([^)]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(/gi

/** Every table that a source writes, as written in it. */
export const writesOf = (source: string, tables: ReadonlyMap<string, string>): string[] => {
  const ctes = new Set([...source.matchAll(CTES)].map(([, name]) => name))
  const sql = [...source.matchAll(SQL_WRITE)]
    .map(([, table]) => table!.toLowerCase())
    .filter((table) => tables.has(table) && !ctes.has(table))
  return [...sql, ...[...source.matchAll(PRISMA_WRITE)].map(([, delegate]) => delegate!).filter((delegate) => tables.has(delegate))]
}

const faultsOf = (sources: readonly { module: string; file: string; text: string }[]) => {
  const tables = owners()
  return sources.flatMap(({ module, file, text }) =>
    writesOf(text, tables)
      .filter((table) => tables.get(table) !== module)
      .map((table) => `${file} writes ${table}, declared by ${tables.get(table)}.prisma`),
  )
}

const sources = globSync('apps/api/src/modules/*/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => ({ module: file.split('/')[4]!, file, text: read(file) }))

test('a table is written only by the module whose .prisma file declares it (rule 10)', () => {
  const tables = owners()
  const written = sources.flatMap(({ text }) => writesOf(text, tables))
  console.log(`ownership: ${sources.length} sources, ${written.length} writes, ${new Set(written).size} tables`)
  expect(written.length).toBeGreaterThan(10)
  expect(faultsOf(sources)).toEqual([])
})

test('sabotage: a write from elsewhere is found, in SQL and through Prisma; a read is not', () => {
  const plant = (text: string) => faultsOf([{ module: 'alertes', file: 'x.ts', text }])
  expect(plant('sql`update carnet c set statut = 1`')).toEqual(['x.ts writes carnet, declared by distribution.prisma'])
  expect(plant('sql`insert into\n transfer (a)`')).toEqual(['x.ts writes transfer, declared by comptabilite.prisma'])
  expect(plant('ctx.db.convention.updateMany({})')).toEqual(['x.ts writes .convention, declared by conventions.prisma'])
  expect(plant('sql`select * from carnet for no key update of carnet`; ctx.db.carnet.findFirst({})')).toEqual([])
})

/** What a migration's functions write: name → tables. A new one is listed, with its reason in the migration. */
const FUNCTIONS_THAT_WRITE: Record<string, readonly string[]> = {
  code_start: ['jeton'],
  creance_declare: ['compteur', 'creance', 'creance_pass'],
  reprise_apply: ['activation', 'carnet', 'commande', 'compteur', 'lot', 'mouvement', 'pass', 'reprise_ligne'],
  reprise_clear: ['reprise_ligne'],
  code_try: ['jeton'],
  code_use: ['jeton'],
  defi_new: ['defi'],
  defi_take: ['defi'],
  factors_reset: ['passkey', 'session', 'totp'],
  me_rename: ['utilisateur'],
  passkey_add: ['passkey'],
  passkey_remove: ['passkey'],
  passkey_use: ['passkey'],
  preference_set: ['preference'],
  session_prove: ['audit_event', 'session'],
  session_prove_refused: ['audit_event'],
  totp_confirm: ['totp'],
  totp_remove: ['totp'],
  totp_start: ['totp'],
  totp_use: ['totp'],
  avenant_apply: ['convention', 'convention_financeur', 'convention_version'],
  avenant_write: ['convention_version', 'convention_version_financeur'],
  convention_edit: ['convention', 'convention_financeur'],
  convention_put: ['convention', 'convention_lieu'],
  lots_prolong: ['carnet', 'lot'],
  account_of: ['account'],
  activate_carnets: ['activation', 'carnet'],
  cancel_carnets: ['carnet', 'mouvement'],
  clock_move: ['horloge'],
  consultation_close: ['session'],
  consultation_open: ['audit_event', 'consultation', 'session'],
  conflits_keep: ['conflit'],
  controle_run: ['controle'],
  count_unknown: ['essai_code'],
  counter_alerts: ['alerte'],
  differe_keep: ['acte_differe'],
  differe_refuse: ['acte_differe'],
  counter_enter: ['audit_event'],
  creneau_leave: ['atelier', 'inscription'],
  creneau_take: ['atelier', 'inscription'],
  courriel_drop: ['courriel'],
  courriel_sent: ['courriel'],
  courriels_tend: ['courriel', 'resume'],
  digest_queue: ['resume'],
  door_close: ['audit_event', 'idempotence'],
  door_journal: ['audit_event'],
  jeton_ask: ['jeton'],
  jeton_open: ['jeton', 'tentative'],
  jeton_secret: ['jeton'],
  login_attempt: ['tentative'],
  login_success: ['tentative'],
  inscriptions_promote: ['atelier', 'inscription'],
  invitation_accept: ['adhesion', 'audit_event', 'invitation', 'utilisateur'],
  invitation_cancel: ['invitation'],
  invitation_create: ['invitation'],
  invitation_resend: ['invitation'],
  invitation_secret: ['invitation'],
  membre_remove: ['adhesion', 'pin', 'poste_personne'],
  membre_review: ['adhesion'],
  membre_set: ['adhesion'],
  organisation_create: ['organisation'],
  recuperation_decide: ['recuperation'],
  utilisateur_close: ['utilisateur'],
  next_number: ['compteur'],
  next_parcels: ['compteur'],
  notify_people: ['notification'],
  proconnect_enter: ['audit_event', 'utilisateur'],
  proconnect_leave: ['proconnect'],
  proconnect_return: ['proconnect'],
  pin_missed: ['audit_event'],
  pin_set: ['pin'],
  pin_try: ['pin'],
  poste_revoke: ['poste', 'poste_personne'],
  poste_take: ['pin', 'poste', 'poste_personne', 'session'],
  poste_trust: ['audit_event', 'poste'],
  password_set: ['jeton', 'utilisateur'],
  lot_cles_destroy: ['audit_event', 'impression', 'lot_cle', 'outbox'],
  lot_mouvements: ['mouvement'],
  miss_carnets: ['carnet'],
  pack_lot: ['colis'],
  produce_carnets: ['carnet', 'lot', 'pass'],
  queue_courriel: ['courriel'],
  receive_carnets: ['carnet'],
  recuperation_open: ['audit_event', 'jeton', 'recuperation', 'tentative'],
  redeem: ['atelier', 'carnet', 'inscription', 'outbox', 'pass', 'redemption', 'transfer'],
  session_open: ['session'],
  session_start: ['audit_event', 'session'],
  session_switch: ['audit_event', 'session'],
  sessions_finish: ['audit_event', 'consultation', 'session'],
  ship_carnets: ['carnet'],
  transfer_balances: ['account'],
  credit_pass: ['transfer'],
  mark_charged: ['bordereau_convention'],
  move_appel: ['transfer'],
  void_last_pass: ['pass'],
  undo: ['atelier', 'carnet', 'inscription', 'outbox', 'pass', 'redemption', 'transfer'],
}

test('SQL functions are listed with the tables they write', () => {
  const found: Record<string, string[]> = {}
  // in their order: the last one to make a function again is right
  for (const file of globSync('prisma/migrations/*/migration.sql', { cwd: root }).toSorted())
    for (const [, name = '', body = ''] of read(file).matchAll(/create (?:or replace )?function (\w+)[\s\S]*?as \$\$([\s\S]*?)\$\$/g)) {
      const plain = body.replace(/--.*$/gm, '')
      const ctes = new Set([...plain.matchAll(CTES)].map(([, cte]) => cte))
      const tables = [...plain.matchAll(/\b(?:insert\s+into|(?<!key\s|do\s)update|delete\s+from)\s+(?:door\.)?([a-z_]+)/g)]
        .map(([, table]) => table!)
        .filter((table) => !ctes.has(table) && !['of', 'skip'].includes(table))
      found[name] = [...new Set(tables)].toSorted()
    }
  expect(Object.fromEntries(Object.entries(found).filter(([, tables]) => tables.length > 0))).toEqual(FUNCTIONS_THAT_WRITE)
})
