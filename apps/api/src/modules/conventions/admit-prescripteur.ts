import type { Actor, PublicCtx } from '../../platform/context.ts'

type Admitting = Pick<PublicCtx, 'db'> & { actor: Pick<Actor, 'organisationId'> }

/** From its first carnets on, a prescripteur reads the rules of the convention that pays them. Once or ten times is the same. */
export const admitPrescripteur = async (
  ctx: Admitting,
  { conventionId, prescripteurId }: { conventionId: string; prescripteurId: string },
) => {
  await ctx.db.$executeRaw`
    update convention set prescripteur_ids = array_append(prescripteur_ids, ${prescripteurId}::uuid)
     where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${conventionId}::uuid and ${prescripteurId}::uuid <> all (prescripteur_ids)`
}
