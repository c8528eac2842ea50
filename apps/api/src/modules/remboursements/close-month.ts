import type { Cloture } from '@pass/contracts/bordereaux.ts'
import { bordereauMachine, cutOff, whyNotClose } from '@pass/domain/bordereaux.ts'
import { bordereauReference } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { reachSql } from '../../platform/reach.ts'
import { takeRedemptions } from '../ateliers/public.ts'
import { clotureOf, dueAt, isReady, type Ready } from './cloture.ts'

/** One closing of an operator at a time: of two at once, the second finds nothing left. */
const hold = (ctx: Ctx) => ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`cloture|${ctx.actor.organisationId}`}, 0))`

type Made = { structureIds: string[]; bordereauIds: string[] }

const insertBordereaux = async (ctx: Ctx, mois: string, ready: readonly Ready[]): Promise<Made> => {
  const annee = Number(ctx.today.slice(0, 4))
  const premier = await nextNumber(ctx, 'bordereau', annee, ready.length)
  const references = ready.map((_, rank) => bordereauReference(annee, premier + rank))
  const rows = await ctx.db.$queryRaw<{ structure: string; id: string }[]>`
    insert into bordereau (organisation_id, id, operateur_id, reference, mois, statut, pass, montant_centimes, compte_id, arrete_par, arrete_at)
    select d.structure, uuidv7(), ${ctx.actor.organisationId}::uuid, d.reference, ${mois}, ${bordereauMachine.close.to}, d.pass, d.montant, d.compte,
           ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz
      from unnest(${ready.map(({ structure }) => structure.id)}::uuid[], ${references}::text[], ${ready.map(({ pass }) => pass)}::int[],
        ${ready.map(({ montantCentimes }) => montantCentimes)}::bigint[], ${ready.map(({ compteId }) => compteId)}::uuid[]) d(structure, reference, pass, montant, compte)
    returning organisation_id structure, id`
  return { structureIds: rows.map(({ structure }) => structure), bordereauIds: rows.map(({ id }) => id) }
}

const insertSubtotals = (ctx: Ctx, mois: string, { structureIds, bordereauIds }: Made) => ctx.db.$executeRaw`
  insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes)
  select b.structure, b.id, r.collectivite_id, r.convention_id, r.operateur_id, o.nom, count(*), sum(r.montant_centimes)
    from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
    join redemption r on r.structure_id = b.structure and ${reachSql(ctx, 'redemption', 'r')} and r.statut = 'a_payer' and not r.a_examiner and r.at < ${cutOff(mois)}::timestamptz
    join organisation o on o.id = r.collectivite_id
   group by b.structure, b.id, r.collectivite_id, r.convention_id, r.operateur_id, o.nom`

/**
 * Closes a month: a bordereau for each structure that can be paid, numbered without gap, its subtotals, and its uses, each
 * by one statement. What cannot be paid stays due. Run again, it makes what has become payable since, and nothing twice.
 */
export const closeMonth = async (ctx: Ctx, { mois }: { mois: string }): Promise<Cloture> => {
  enforce(whyNotClose(mois, ctx.now))
  await hold(ctx)
  const due = await dueAt(ctx, mois)
  const cloture = clotureOf(mois, due)
  const ready = due.filter(isReady)
  if (ready.length === 0) return cloture
  const bordereaux = await insertBordereaux(ctx, mois, ready)
  await insertSubtotals(ctx, mois, bordereaux)
  const prises = await takeRedemptions(ctx, { avant: cutOff(mois), ...bordereaux })
  // undone in between, which 24 hours make unlikely: the whole closing is undone too, and may be run again
  won(Number(prises.pass === cloture.pass && prises.montantCentimes === cloture.montantCentimes))
  await fact(ctx, { sujet: 'mois.arrete', objet: { mois, bordereauIds: bordereaux.bordereauIds } })
  return cloture
}
