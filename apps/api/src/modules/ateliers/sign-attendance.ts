import { createHash } from 'node:crypto'
import type { Atelier } from '@pass/contracts/ateliers.ts'
import { type InscriptionStatut, SEATED, whyNotAttend } from '@pass/domain/ateliers.ts'
import { localDay } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier, lockAtelier } from './queries.ts'

type Asked = { atelierId: string; inscriptionId: string; traits: readonly (readonly number[])[] }

/** What was drawn, for whom and when: a later change of any of them shows. */
const digestOf = (inscriptionId: string, at: Date, traits: string) =>
  createHash('sha256').update(`${inscriptionId}\n${at.toISOString()}\n${traits}`).digest()

/** A person signs on the screen: they were there. Signing again replaces the drawing. */
export const signAttendance = async (ctx: Ctx, { atelierId, inscriptionId, traits }: Asked): Promise<Atelier> => {
  const { organisationId, utilisateurId } = ctx.actor
  const atelier = await lockAtelier(ctx, atelierId)
  enforce(whyNotAttend(atelier, localDay(ctx.now, atelier.fuseau)))
  const [row] = await ctx.db.$queryRaw<{ statut: InscriptionStatut }[]>`select statut from inscription
    where organisation_id = ${organisationId}::uuid and atelier_id = ${atelierId}::uuid and id = ${inscriptionId}::uuid`
  const seats = atelier.places_prises + (SEATED.includes(found(row).statut) ? 0 : 1)
  enforce(seats > atelier.capacite ? refuse('atelier_complet') : null)
  await ctx.db
    .$executeRaw`update inscription set statut = 'present' where organisation_id = ${organisationId}::uuid and id = ${inscriptionId}::uuid`
  await ctx.db.$executeRaw`update atelier set places_prises = ${seats},
      statut = case when statut = 'ouvert' and ${seats}::int = capacite then 'complet' else statut end
    where organisation_id = ${organisationId}::uuid and id = ${atelierId}::uuid`
  const drawn = JSON.stringify(traits)
  await ctx.db.$executeRaw`insert into signature as s (organisation_id, inscription_id, traits, sha256, signee_at, recueillie_par)
    values (${organisationId}::uuid, ${inscriptionId}::uuid, ${drawn}::jsonb, ${digestOf(inscriptionId, ctx.now, drawn)}, ${ctx.now}, ${utilisateurId}::uuid)
    on conflict (organisation_id, inscription_id) do update
      set traits = excluded.traits, sha256 = excluded.sha256, signee_at = excluded.signee_at, recueillie_par = excluded.recueillie_par`
  await fact(ctx, { sujet: 'atelier.signature', objet: { atelierId, inscriptionId } })
  return getAtelier(ctx, { atelierId })
}
