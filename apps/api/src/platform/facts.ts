import type { Actor, PublicCtx } from './context.ts'

type Acting = Pick<PublicCtx, 'db'> & { actor: Pick<Actor, 'organisationId'> }

type Fact = {
  /** What happened, `noun.participle`: `convention.signee`. */
  sujet: string
  collectiviteId?: string
  /** Identifiers only, never a name nor a code. */
  objet: Record<string, string | number | readonly string[]>
}

/** Leaves a fact in the outbox, in the transaction of the change itself: rollups and webhooks read it later. */
export const fact = async (ctx: Acting, { sujet, collectiviteId, objet }: Fact): Promise<void> => {
  await ctx.db.$executeRaw`insert into outbox (sujet, organisation_id, collectivite_id, objet)
    values (${sujet}, ${ctx.actor.organisationId}::uuid, ${collectiviteId ?? null}::uuid, ${JSON.stringify(objet)}::jsonb)`
}
