import { randomUUID } from 'node:crypto'
import { CONVENTION, LIEU, ORG, PEOPLE } from '../../../prisma/seed/base/ids.ts'
import { seedStock, type StockCarnet } from '../../../prisma/seed/base/stock.ts'
import type { World } from './world.ts'

const T1 = { collectivite: ORG.t1, operateur: ORG.o1, convention: CONVENTION.cv1, prescripteur: ORG.p1 }
const T2 = { collectivite: ORG.t2, operateur: ORG.o2, convention: CONVENTION.cv2, prescripteur: ORG.p9 }
let nextSerie = 260_500_001

/** Carnets of anonymous people, ready to be used, of T1 or of T2. */
export const handOut = async (
  { sql, deps }: Pick<World, 'sql' | 'deps'>,
  quantite: number,
  tenant: 't1' | 't2' = 't1',
): Promise<StockCarnet[]> => {
  const seriePremiere = nextSerie
  nextSerie += quantite
  return seedStock(sql, deps.secrets, tenant === 't1' ? T1 : T2, { quantite, seriePremiere })
}

type AtelierSetting = { date?: string; debut?: string; dureeMinutes?: number; capacite?: number; theme?: string; statut?: string }

/** An atelier of S1 at L1, today at 08:30 for two hours unless said otherwise. */
export const openAtelier = async ({ sql }: Pick<World, 'sql'>, setting: AtelierSetting = {}): Promise<string> => {
  const {
    date = '2026-03-10',
    debut = '08:30',
    dureeMinutes = 120,
    capacite = 30,
    theme = 'demarches_administratives',
    statut = 'ouvert',
  } = setting
  const id = randomUUID()
  await sql.query(
    `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, statut)
     values ($1, $2, $3, $4, $5, 'debutant', $6, $7, $8, $9, $10)`,
    [ORG.s1, id, LIEU.l1, PEOPLE['structure.mediateur'].utilisateurId, theme, date, debut, dureeMinutes, capacite, statut],
  )
  return id
}

/** Balances of T1's convention by nature, `du` being S1's. */
export const balances = async ({ sql }: Pick<World, 'sql'>): Promise<Record<string, number>> => {
  const { rows } = await sql.query<{ nature: string; solde: string }>(
    `select nature, solde_centimes solde from account where convention_id = $1 and (structure_id is null or structure_id = $2)`,
    [CONVENTION.cv1, ORG.s1],
  )
  return Object.fromEntries(rows.map(({ nature, solde }) => [nature, Number(solde)]))
}

/** Rows of every table but the journal and the stored answers: a refused call leaves them as they were. */
export const tableCounts = async ({ sql }: Pick<World, 'sql'>): Promise<Record<string, number>> => {
  const { rows: tables } = await sql.query<{ name: string }>(
    `select c.relname name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and c.relname not in ('audit_event', 'idempotence', 'session') and c.relname !~ '^_prisma' order by 1`,
  )
  const union = tables.map(
    ({ name }) => `select '${name}' name, count(*)::int n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) sum from ${name} t`,
  )
  const { rows } = await sql.query<{ name: string; n: number; sum: string }>(union.join(' union all '))
  return Object.fromEntries(rows.map(({ name, n, sum }) => [`${name}:${sum}`, n]))
}
