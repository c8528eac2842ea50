import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { lookupOf } from '../apps/api/src/platform/codes.ts'
import { loadSecrets } from '../apps/api/src/platform/secrets.ts'
import { addDays } from '../packages/domain/src/days.ts'
import { CONVENTION, LIEU, ORG } from '../prisma/seed/base/ids.ts'
import { seedStock, type StockCarnet } from '../prisma/seed/base/stock.ts'
import type { Setting } from './setting.ts'

/** The day of the bench, the same for the server's clock and the raw calls. */
export const TODAY = '2026-03-10'
export const NOW = `${TODAY}T17:00:00+01:00`
export const ROLES = ['structure.responsable', 'structure.mediateur']
export const CLIENTS = 8

/** One redeem: five pass of five carnets, fresh; `client` is the structure that makes it, `ids` what a scanned QR also says. */
export type Call = { client: number; atelier: string; codes: string[]; lookups: string[]; ids: string[] }
export type Token = { cookie: string; hash: string }
export type Prepared = { calls: Call[]; tokens: Token[]; stock: StockCarnet[]; sql: pg.Client }

const PER_CALL = 5
const PASS = 10

/** A structure like S1, with its lieu, label, médiateur and open session. */
const addStructure = async (sql: pg.Client) => {
  const [structure, lieu, user, adhesion] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest()
  await sql.query(
    `insert into organisation (id, type, nom, territoire, departement) select $1::uuid, type, 'Mesure ' || $1::uuid, territoire, departement from organisation where id = $2`,
    [structure, ORG.s1],
  )
  await sql.query(
    `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie)
     select $1, $2, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie from lieu where id = $3`,
    [structure, lieu, LIEU.l1],
  )
  await sql.query('insert into lieu_service (organisation_id, lieu_id, theme) select $1, $2, theme from lieu_service where lieu_id = $3', [
    structure,
    lieu,
    LIEU.l1,
  ])
  await sql.query(
    `insert into labellisation (organisation_id, operateur_id, statut, date_debut, date_fin) select $1, operateur_id, statut, date_debut, date_fin from labellisation where organisation_id = $2`,
    [structure, ORG.s1],
  )
  await sql.query(`insert into utilisateur (id, courriel, prenom, nom) values ($1::uuid, $1::uuid || '@exemple.fr', 'Mesure', 'Mesure')`, [
    user,
  ])
  await sql.query(
    `insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, 'structure.mediateur', '2025-01-01')`,
    [adhesion, structure, user],
  )
  await sql.query('insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash) values ($1, $2, $3, $4, $5)', [
    randomUUID(),
    structure,
    user,
    adhesion,
    hash,
  ])
  return { structure, lieu, user, token: { cookie: `__Host-session=${token}`, hash: hash.toString('hex') } }
}

const addConvention = async (sql: pg.Client, rank: number) => {
  const id = randomUUID()
  await sql.query(
    `insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids)
     select collectivite_id, $1, operateur_id, 'MESURE-' || $2::int, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids from convention where id = $3`,
    [id, rank, CONVENTION.cv1],
  )
  return id
}

type Structure = Awaited<ReturnType<typeof addStructure>>
/** Group g of five carnets meets ten times, twice a day at most, in a structure of its own: ten calls, ten ateliers. */
const addAteliers = async (sql: pg.Client, structures: Structure[], groups: number) => {
  const rows = Array.from({ length: groups * PASS }, (_, i) => {
    const [j, g] = [Math.floor(i / groups), i % groups]
    const { structure, lieu, user } = structures[g % CLIENTS]!
    return {
      id: randomUUID(),
      client: g % CLIENTS,
      g,
      j,
      structure,
      lieu,
      user,
      date: addDays(TODAY, -Math.floor(j / 2)),
      debut: j % 2 ? '14:00' : '09:00',
    }
  })
  await sql.query(
    `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite)
     select s, id, l, u, 'demarches_administratives', 'debutant', d, h, 120, 12 from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::text[]) x(s, id, l, u, d, h)`,
    [
      rows.map((row) => row.structure),
      rows.map(({ id }) => id),
      rows.map((row) => row.lieu),
      rows.map((row) => row.user),
      rows.map(({ date }) => date),
      rows.map(({ debut }) => debut),
    ],
  )
  return rows
}

/** Enough fresh pass for `wanted` calls: eight structures, eight conventions, carnets handed over. */
export const prepare = async ({ ownerUrl, secretsDir }: Setting, wanted: number): Promise<Prepared> => {
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  const secrets = loadSecrets(secretsDir, true)
  await sql.query('begin')
  const structures: Structure[] = []
  for (let i = 0; i < CLIENTS; i++) structures.push(await addStructure(sql))
  // a whole number of groups a convention, of conventions, of structures
  const perConvention = Math.ceil(wanted / PASS / (CLIENTS * CLIENTS)) * CLIENTS
  const stock: StockCarnet[] = []
  for (let i = 0; i < CLIENTS; i++) {
    const of = { collectivite: ORG.t1, operateur: ORG.o1, convention: await addConvention(sql, i), prescripteur: ORG.p1 }
    const quantite = perConvention * PER_CALL
    stock.push(...(await seedStock(sql, secrets, of, { quantite, seriePremiere: 261_000_001 + i * quantite })))
  }
  const rows = await addAteliers(sql, structures, perConvention * CLIENTS)
  await sql.query('commit')
  await sql.query('vacuum analyze')
  const calls = rows.map(({ client, id, g, j }) => {
    const carnets = stock.slice(g * PER_CALL, (g + 1) * PER_CALL)
    const codes = carnets.map((carnet) => carnet.codes[j]!)
    const ids = carnets.map((carnet) => String(carnet.id * BigInt(PASS) + BigInt(j)))
    return { client, atelier: id, codes, lookups: codes.map((code) => lookupOf(secrets, code).toString('hex')), ids }
  })
  return { calls, tokens: structures.map(({ token }) => token), stock, sql }
}

/** What must hold afterwards, or null: the books agree, and one journal line a call. */
export const faultAfter = async (sql: pg.Client, calls: number): Promise<string | null> => {
  const { rows } = await sql.query<{ name: string; count: string }>('select name, count from reconciliation')
  if (rows.length > 0) return rows.map(({ name, count }) => `${name}: ${count}`).join(', ')
  const journal = await sql.query<{ n: string }>(`select count(*) n from audit_event where action = 'redeemPass'`)
  const n = Number(journal.rows[0]!.n)
  return n === calls ? null : `${n} journal lines for ${calls} calls`
}
