import type { StatutEmploi, TrancheAge } from '@pass/domain/beneficiaires.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import type { Ctx } from '../../platform/context.ts'

/** What the convention asks at hand-over when it asks who the person is. */
export type Personne = {
  prenom: string
  nom: string
  trancheAge: TrancheAge
  statutEmploi: StatutEmploi
  commune: string | null
  contact: string | null
}
type Known = { id: string; vivants: number }

/**
 * The person that this prescripteur already served for this collectivité under the same name and age bracket, and how many of its
 * carnets still hold a pass. Others' persons are never looked at. Two counters that serve one person at once wait here.
 */
export const findSamePerson = async (ctx: Ctx, collectiviteId: string, { prenom, nom, trancheAge }: Personne): Promise<Known | null> => {
  const [first, last] = [rechercheDe(prenom), rechercheDe(nom)]
  const { organisationId } = ctx.actor
  await ctx.db.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended(concat_ws('|', 'personne', ${collectiviteId}::text, ${organisationId}::text, ${first}::text, ${last}::text), 0))`
  const [known] = await ctx.db.$queryRaw<Known[]>`
    select b.id, count(c.id)::int as vivants
      from beneficiaire b
      left join carnet c on c.collectivite_id = b.collectivite_id and c.beneficiaire_id = b.id and c.statut = 'remis' and c.utilises < c.taille
       and c.date_fin >= ${ctx.today}::date
     where b.collectivite_id = ${collectiviteId}::uuid and b.prescripteur_id = ${organisationId}::uuid and b.tranche_age = ${trancheAge}
       and recherche_de(b.prenom) = ${first} and recherche_de(b.nom) = ${last}
     group by b.id order by vivants desc, b.id limit 1`
  return known ?? null
}

/** Registers the person, or brings a known one up to date: its second carnet counts with the first in every rule by person. */
export const registerBeneficiaire = async (ctx: Ctx, collectiviteId: string, personne: Personne, known: Known | null): Promise<string> => {
  const { prenom, nom, trancheAge, statutEmploi, commune, contact } = personne
  if (known) {
    await ctx.db.$executeRaw`
      update beneficiaire set statut_emploi = ${statutEmploi}, commune = coalesce(${commune}::text, commune), contact = coalesce(${contact || null}::text, contact)
       where collectivite_id = ${collectiviteId}::uuid and id = ${known.id}::uuid`
    return known.id
  }
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into beneficiaire (collectivite_id, id, prescripteur_id, prenom, nom, tranche_age, statut_emploi, commune, contact)
    values (${collectiviteId}::uuid, uuidv7(), ${ctx.actor.organisationId}::uuid, ${prenom}, ${nom}, ${trancheAge}, ${statutEmploi}, ${commune}, ${contact || null})
    returning id`
  return row!.id
}
