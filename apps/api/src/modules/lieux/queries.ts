import type { Lieu } from '@pass/contracts/lieux.ts'
import { hoursLines } from '@pass/domain/horaires.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import { z } from 'zod'
import type { Ctx, PublicCtx } from '../../platform/context.ts'
import { dayOf, empty, join, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'

type Filters = {
  apres?: string | undefined
  taille?: number | undefined
  recherche?: string | undefined
  departement?: string | undefined
  theme?: ThemeCode | undefined
}
type Row = Omit<Lieu, 'horairesEnMots'>

const COLUMNS = sql`l.id, l.nom, l.adresse, l.complement_adresse as "complementAdresse", l.code_postal as "codePostal", l.nom_commune as commune,
  l.departement, l.latitude, l.longitude, l.telephone, l.courriel, l.horaires, l.minutes_semaine as "minutesSemaine", l.itinerant,
  array(select s.theme from lieu_service s where s.organisation_id = l.organisation_id and s.lieu_id = l.id order by s.theme) as themes`

const toLieu = (row: Row): Lieu => ({ ...row, horairesEnMots: row.horaires === null ? [] : hoursLines(row.horaires) })

/** By the beginning of the name, of the commune or of the postal code. */
const startsWith = (recherche: string) => {
  const typed = rechercheDe(recherche)
  const digits = typed.replaceAll(' ', '')
  return /^[0-9]+$/.test(digits)
    ? sql`starts_with(l.code_postal, ${digits})`
    : sql`(l.recherche_nom ^@ ${typed} or l.recherche_commune ^@ ${typed})`
}

const conditionsOf = ({ recherche, departement, theme }: Filters) => [
  sql`l.publie`,
  ...(recherche ? [startsWith(recherche)] : []),
  ...(departement ? [sql`l.departement = ${departement}`] : []),
  ...(theme
    ? [sql`exists (select 1 from lieu_service s where s.organisation_id = l.organisation_id and s.lieu_id = l.id and s.theme = ${theme})`]
    : []),
]

const Cursor = z.tuple([z.string(), z.uuid()])

/** The places that accept the pass today, whoever asks, by name. */
export const listLieux = async ({ db }: PublicCtx, filters: Filters) => {
  const { taille = TAILLE, theme } = filters
  const after = cursorOf(filters.apres, Cursor)
  const where = conditionsOf(filters)
  const rows = await db.$queryRaw<Row[]>`
    select ${COLUMNS} from lieu l
     where ${join(where, ' and ')} ${after ? sql`and (l.nom, l.id) > (${after[0]}, ${after[1]}::uuid)` : empty}
     order by l.nom, l.id limit ${taille + 1}`
  // services have no index by theme: their total is not counted
  const counted = theme ? [] : await db.$queryRaw<{ n: bigint }[]>`select count(*) as n from lieu l where ${join(where, ' and ')}`
  const page = pageOf(rows, taille, ({ nom, id }) => [nom, id], counted[0] ? Number(counted[0].n) : null)
  return { ...page, items: page.items.map(toLieu) }
}

export const getLieu = async ({ db }: PublicCtx, { lieuId }: { lieuId: string }) => {
  const [row] = await db.$queryRaw<Row[]>`select ${COLUMNS} from lieu l where l.publie and l.id = ${lieuId}::uuid`
  return toLieu(found(row))
}

/** Every place of the caller's structure, published or not, with its catalogue, and where its label stands. */
export const listMesLieux = async ({ db, actor }: Ctx) => {
  const organisationId = actor.organisationId
  const lieux = await db.lieu.findMany({
    where: { organisationId },
    orderBy: [{ nom: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      nom: true,
      nomCommune: true,
      fuseau: true,
      publie: true,
      lieuServices: { select: { theme: true, dureeMinutes: true, prixPass: true }, orderBy: { theme: 'asc' } },
    },
  })
  const label = await db.labellisation.findUnique({ where: { organisationId }, select: { statut: true, dateFin: true } })
  return {
    items: lieux.map(({ nomCommune, lieuServices, ...lieu }) => ({
      ...lieu,
      commune: nomCommune,
      services: lieuServices.map((service) => ({ ...service, theme: service.theme as ThemeCode })),
    })),
    label: label && { statut: label.statut, dateFin: label.dateFin && dayOf(label.dateFin) },
  }
}
