import type { Atelier } from '@pass/contracts/ateliers.ts'
import { type InscriptionStatut, SEATED, whyNotAttend } from '@pass/domain/ateliers.ts'
import { localDay, zonedInstant } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier, lockAtelier } from './queries.ts'
import { type Enroller, tellPromoted } from './tell-prescripteurs.ts'

type Presence = { inscriptionId: string; statut: 'present' | 'absent' | 'absent_excuse' }
type Asked = { atelierId: string; presences: readonly Presence[]; sansPass: number }
type Row = { id: string; statut: InscriptionStatut; pass_utilises: number }

const USED = 'Cette personne a utilisé un pass pour cet atelier : annulez d’abord son utilisation.'

/** Seats freed (negative) or taken by these marks. */
const seatsOf = (changes: readonly { before: InscriptionStatut; after: InscriptionStatut }[]) =>
  changes.reduce((sum, { before, after }) => sum + Number(SEATED.includes(after)) - Number(SEATED.includes(before)), 0)

type Slot = Awaited<ReturnType<typeof lockAtelier>>

/** Somebody says beforehand that they will not come: while there is still time, the first person who waits has the seat. */
const giveSeats = async (ctx: Ctx, atelierId: string, slot: Slot) => {
  if (ctx.now >= zonedInstant(slot.date, slot.debut, slot.fuseau)) return
  const promoted = await ctx.db.$queryRaw<(Enroller | { prescripteurId: null; utilisateurId: null })[]>`
    select prescripteur_id "prescripteurId", inscrit_par "utilisateurId" from inscriptions_promote(${ctx.actor.organisationId}::uuid, ${atelierId}::uuid)`
  await tellPromoted(
    ctx,
    slot,
    promoted.filter((one): one is Enroller => one.prescripteurId !== null),
  )
}

/** Marks who came; an absent person frees the seat, and no pass of theirs is accepted for this atelier any more. */
export const recordAttendance = async (ctx: Ctx, { atelierId, presences, sansPass }: Asked): Promise<Atelier> => {
  const atelier = await lockAtelier(ctx, atelierId)
  enforce(whyNotAttend(atelier, localDay(ctx.now, atelier.fuseau)))
  const rows = await ctx.db.$queryRaw<Row[]>`select id, statut, pass_utilises from inscription
    where organisation_id = ${ctx.actor.organisationId}::uuid and atelier_id = ${atelierId}::uuid`
  const known = new Map(rows.map((row) => [row.id, row]))
  // the same person marked twice: the last mark counts
  const marks = [...new Map(presences.map((one, rang) => [one.inscriptionId, { ...one, rang }])).values()]
  const changes = marks.map((mark) => ({ ...mark, row: found(known.get(mark.inscriptionId)) }))
  const used = changes.filter(({ statut, row }) => statut !== 'present' && row.pass_utilises > 0)
  enforce(
    used.length === 0
      ? null
      : refuse(
          'atelier_a_des_pass',
          USED,
          used.map(({ rang }) => ({ chemin: `presences.${rang}.statut`, message: USED })),
        ),
  )
  const places = atelier.places_prises + seatsOf(changes.map(({ statut, row }) => ({ before: row.statut, after: statut })))
  enforce(places > atelier.capacite ? refuse('atelier_complet') : null)
  await ctx.db.$executeRaw`update inscription i set statut = x.statut
    from unnest(${changes.map(({ inscriptionId }) => inscriptionId)}::uuid[], ${changes.map(({ statut }) => statut)}::text[]) x(id, statut)
    where i.organisation_id = ${ctx.actor.organisationId}::uuid and i.atelier_id = ${atelierId}::uuid and i.id = x.id`
  await ctx.db.$executeRaw`update atelier set sans_pass = ${sansPass}, places_prises = ${places},
      statut = case when statut = 'complet' and ${places}::int < capacite then 'ouvert' when statut = 'ouvert' and ${places}::int = capacite then 'complet' else statut end
    where organisation_id = ${ctx.actor.organisationId}::uuid and id = ${atelierId}::uuid`
  await giveSeats(ctx, atelierId, atelier)
  await fact(ctx, { sujet: 'atelier.presences', objet: { atelierId } })
  return getAtelier(ctx, { atelierId })
}
