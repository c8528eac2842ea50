import type { Appel } from '@pass/contracts/financement.ts'
import { netAppel } from '@pass/domain/financement.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { Refused, found, won } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'
import { getAppel } from './appel-queries.ts'

type Input = { conventionId: string; cle: string; jusqua: string }
type Part = { partage_id: string; mois: string; pass: number; montant: bigint; nom: string; nature: string; financeur_id: string | null }

/** Parts of a financeur that no call asks for, up to a month, with those of its draft. */
const freeParts = (ctx: Ctx, { conventionId, cle, jusqua }: Input): Promise<Part[]> =>
  ctx.db.$queryRaw<Part[]>`
    select p.partage_id, p.mois, p.pass, p.montant_centimes as montant, p.nom, p.nature, p.financeur_id
      from partage_part p
      left join appel_ligne l on l.collectivite_id = p.collectivite_id and l.partage_id = p.partage_id and l.cle = p.cle and l.vivante
      left join appel_fonds f on f.collectivite_id = l.collectivite_id and f.id = l.appel_id
     where p.collectivite_id = ${ctx.actor.organisationId}::uuid and p.convention_id = ${conventionId}::uuid and p.cle = ${cle} and p.montant_centimes > 0 and p.mois <= ${jusqua}
       and (l.appel_id is null or f.statut = 'brouillon')
     order by p.partage_id`

/** What is left of the advances of a financeur: those it paid, less what its calls deducted, this draft left out. */
const avanceLeft = async (ctx: Ctx, { conventionId, cle }: Input): Promise<number> => {
  const mine = { collectiviteId: ctx.actor.organisationId, conventionId, cle }
  const paid = await ctx.db.avance.aggregate({ where: mine, _sum: { montantCentimes: true } })
  const taken = await ctx.db.appelFonds.aggregate({
    where: { ...mine, statut: { in: ['appele', 'recu'] } },
    _sum: { avanceCentimes: true },
  })
  return Number((paid._sum.montantCentimes ?? 0n) - (taken._sum.avanceCentimes ?? 0n))
}

const contentOf = async (ctx: Ctx, input: Input, parts: readonly Part[]) => ({
  periodeDebut: parts.map(({ mois }) => mois).toSorted()[0]!,
  periodeFin: parts
    .map(({ mois }) => mois)
    .toSorted()
    .at(-1)!,
  pass: parts.reduce((sum, { pass }) => sum + pass, 0),
  ...netAppel(
    parts.reduce((sum, { montant }) => sum + Number(montant), 0),
    await avanceLeft(ctx, input),
  ),
  preparePar: ctx.actor.utilisateurId,
  prepareAt: ctx.now,
})

/**
 * The call for funds of a financeur, as a draft: its parts of the used pass up to a month that no other call asks for, less its
 * advances. A financeur has one draft: prepared again it takes what came since, and its period only grows.
 */
export const prepareAppel = async (ctx: Ctx, input: Input): Promise<Appel> => {
  const { conventionId, cle } = input
  const convention = found(
    await ctx.db.convention.findFirst({
      where: { id: conventionId, ...reach(ctx, 'convention') },
      select: { id: true, operateurId: true },
    }),
  )
  const owners = { collectiviteId: ctx.actor.organisationId, conventionId, operateurId: convention.operateurId, cle }
  const draft = await ctx.db.appelFonds.findFirst({ where: { ...owners, statut: 'brouillon' }, select: { id: true, periodeFin: true } })
  const jusqua = draft && draft.periodeFin > input.jusqua ? draft.periodeFin : input.jusqua
  const parts = await freeParts(ctx, { ...input, jusqua })
  const [first] = parts
  if (!first) throw new Refused(refuse('appel_vide'))
  const content = await contentOf(ctx, input, parts)
  if (draft) {
    const where = { collectiviteId: owners.collectiviteId, id: draft.id, statut: 'brouillon' }
    won((await ctx.db.appelFonds.updateMany({ where, data: content })).count)
  }
  const names = { financeurId: first.financeur_id, nature: first.nature, nom: parts.at(-1)!.nom }
  const { id } = draft ?? (await ctx.db.appelFonds.create({ data: { ...owners, ...names, ...content }, select: { id: true } }))
  await ctx.db.appelLigne.createMany({
    data: parts.map(({ partage_id, montant }) => ({
      ...owners,
      appelId: id,
      partageId: partage_id,
      financeurId: first.financeur_id,
      montantCentimes: montant,
    })),
    skipDuplicates: true,
  })
  return getAppel(ctx, { appelId: id })
}
