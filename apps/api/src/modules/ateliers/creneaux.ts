import type { Creneau, RendezVous } from '@pass/contracts/creneaux.ts'
import type { InscriptionStatut, Niveau } from '@pass/domain/ateliers.ts'
import { isDay } from '@pass/domain/days.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce, found, NotFound } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { type Enroller, tellPromoted } from './tell-prescripteurs.ts'

type Row = {
  atelier_id: string
  lieu_id: string
  nom_lieu: string
  commune: string
  telephone: string | null
  theme: ThemeCode
  niveau: Niveau
  date: string
  debut: string
  duree_minutes: number
  places_libres: number
  en_attente: number
}

const creneauOf = (row: Row): Creneau => ({
  atelierId: row.atelier_id,
  lieu: { id: row.lieu_id, nom: row.nom_lieu, commune: row.commune, telephone: row.telephone },
  theme: row.theme,
  niveau: row.niveau,
  date: row.date,
  debut: row.debut,
  dureeMinutes: row.duree_minutes,
  placesLibres: row.places_libres,
  enAttente: row.en_attente,
})

const Key = z.tuple([z.string().refine(isDay), z.string().regex(/^\d\d:\d\d$/), z.uuid()])
type ListQuery = {
  apres?: string | undefined
  taille?: number | undefined
  lieuId?: string | undefined
  theme?: ThemeCode | undefined
  du?: string | undefined
}

const COLUMNS = sql`c.atelier_id, c.lieu_id, c.nom as nom_lieu, c.commune, c.telephone, c.theme, c.niveau, c.date::text as date, c.debut, c.duree_minutes,
  c.places_libres, c.en_attente`

/** The slots that places of one's territory offer, the nearest first. The database decides which: no atelier is read here. */
export const listCreneaux = async (ctx: Ctx, { apres, taille = TAILLE, lieuId, theme, du = ctx.today }: ListQuery) => {
  const [date, debut, id] = cursorOf(apres, Key) ?? [null, null, null]
  const rows = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS}
    from creneaux_list(${ctx.now}, ${du}::date, ${lieuId ?? null}::uuid, ${theme ?? null}, ${date}::date, ${debut}, ${id}::uuid, ${taille + 1}::int) c`
  const page = pageOf(rows, taille, (row) => [row.date, row.debut, row.atelier_id])
  return { ...page, items: page.items.map(creneauOf) }
}

type Taken = Row & {
  inscription_id: string
  prescription_id: string | null
  prenom: string | null
  nom: string | null
  serie: bigint
  statut: InscriptionStatut
  motif: string | null
}

const rendezVousOf = (row: Taken): RendezVous => ({
  inscriptionId: row.inscription_id,
  prescriptionId: row.prescription_id,
  personne: row.prenom === null ? `Carnet ${formatSerie(Number(row.serie))}` : `${row.prenom} ${row.nom}`,
  statut: row.statut,
  motif: row.motif,
  creneau: creneauOf(row),
})

type Bounds = { inscriptionId?: string; du?: string; apres?: z.infer<typeof Key> | null; limit: number }

const rowsOf = (ctx: Ctx, { inscriptionId, du, apres, limit }: Bounds) => {
  const [date, debut, id] = apres ?? [null, null, null]
  return ctx.db.$queryRaw<Taken[]>`select r.inscription_id, r.prescription_id, r.prenom, r.nom, r.serie, r.statut, r.motif, ${COLUMNS}
    from rendez_vous_list(${inscriptionId ?? null}::uuid, ${du ?? null}::date, ${date}::date, ${debut}, ${id}::uuid, ${limit}::int) r
    cross join lateral (select (r.creneau).*) c`
}

/** Who was enrolled by one's own organisation, and where, from today on unless said otherwise. */
export const listRendezVous = async (ctx: Ctx, { apres, taille = TAILLE, du = ctx.today }: Pick<ListQuery, 'apres' | 'taille' | 'du'>) => {
  const rows = await rowsOf(ctx, { du, apres: cursorOf(apres, Key), limit: taille + 1 })
  const page = pageOf(rows, taille, (row) => [row.date, row.debut, row.inscription_id])
  return { ...page, items: page.items.map(rendezVousOf) }
}

const TAKE_MESSAGES: Partial<Record<RefusalCode, string>> = {
  atelier_statut: 'Cet atelier n’accepte plus d’inscription. Choisissez un autre créneau.',
  deja_enregistre: 'Cette personne est déjà inscrite à ce créneau.',
  expire: 'Les pass de cette personne ne seront plus valables ce jour-là. Choisissez un créneau plus tôt.',
  hors_territoire: 'Les pass de cette personne ne sont pas acceptés sur le territoire de ce lieu. Choisissez un autre lieu.',
  lieu_non_admis: 'Les pass de cette personne ne sont pas acceptés par ce lieu. Choisissez-en un autre.',
}

/** What the SQL function said: absent and out of reach are one answer. */
const settle = (code: RefusalCode | null, messages: Partial<Record<RefusalCode, string>>) => {
  if (code === 'introuvable') throw new NotFound()
  enforce(code && refuse(code, messages[code]))
}

/** Enrols the person of a hand-over; when every seat is taken, they wait for one. */
export const takeCreneau = async (
  ctx: Ctx,
  { atelierId, prescriptionId }: { atelierId: string; prescriptionId: string },
): Promise<RendezVous> => {
  const [made] = await ctx.db.$queryRaw<{ code: RefusalCode | null; inscription_id: string | null }[]>`
    select code, inscription_id from creneau_take(${atelierId}::uuid, ${prescriptionId}::uuid, ${ctx.now})`
  settle(made!.code, TAKE_MESSAGES)
  const inscriptionId = made!.inscription_id!
  const [row] = await rowsOf(ctx, { inscriptionId, limit: 1 })
  await fact(ctx, { sujet: 'inscription.prise', objet: { atelierId, inscriptionId } })
  return rendezVousOf(found(row))
}

const LEAVE_MESSAGES: Partial<Record<RefusalCode, string>> = {
  atelier_statut: 'Ce rendez-vous ne peut plus être annulé : il l’est déjà, ou l’atelier a eu lieu.',
  atelier_passe: 'Cet atelier a déjà commencé : le rendez-vous ne peut plus être annulé ici. Appelez le lieu.',
}

/** Gives a seat back before the atelier begins: the first person who waits has it, and who enrolled them is told. */
export const leaveCreneau = async (ctx: Ctx, { inscriptionId }: { inscriptionId: string }): Promise<{ inscriptionId: string }> => {
  type Left = { code: RefusalCode | null; lieu: string; date: string; debut: string; promus: Enroller[] }
  const [left] = await ctx.db.$queryRaw<Left[]>`
    select code, lieu, date::text as date, debut, promus from creneau_leave(${inscriptionId}::uuid, ${ctx.now})`
  settle(left!.code, LEAVE_MESSAGES)
  await tellPromoted(ctx, left!, left!.promus)
  await fact(ctx, { sujet: 'inscription.annulee', objet: { inscriptionId } })
  return { inscriptionId }
}
