import { bordereauMachine } from '@pass/domain/bordereaux.ts'
import { type Periode, periodeCutOff } from '@pass/domain/clotures.ts'
import { bordereauReference } from '@pass/domain/virements.ts'
import { won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { takeRedemptions } from '../ateliers/public.ts'
import { chargeSubtotals } from '../financement/public.ts'
import type { DueCtx, Ready } from './due.ts'

/** What a part of a closing is of: its run, and who asked for it. */
export type Closing = { id: string; periode: Periode; par: string }

const insertBordereaux = async (ctx: DueCtx, { periode, par }: Closing, ready: readonly Ready[]): Promise<Map<string, string>> => {
  const annee = Number(ctx.today.slice(0, 4))
  const premier = await nextNumber(ctx, 'bordereau', annee, ready.length)
  const references = ready.map((_, rank) => bordereauReference(annee, premier + rank))
  const rows = await ctx.db.$queryRaw<{ structure: string; id: string }[]>`
    insert into bordereau (organisation_id, id, operateur_id, reference, mois, semaine, statut, pass, montant_centimes, compte_id, arrete_par, arrete_at)
    select d.structure, uuidv7(), ${ctx.actor.organisationId}::uuid, d.reference, ${periode.mois}, ${periode.semaine}::int, ${bordereauMachine.close.to}, d.pass, d.montant,
           d.compte, ${par}::uuid, ${ctx.now}::timestamptz
      from unnest(${ready.map(({ structure }) => structure.id)}::uuid[], ${references}::text[], ${ready.map(({ pass }) => pass)}::int[],
        ${ready.map(({ montantCentimes }) => montantCentimes)}::bigint[], ${ready.map(({ compteId }) => compteId)}::uuid[]) d(structure, reference, pass, montant, compte)
    returning organisation_id structure, id`
  return new Map(rows.map(({ structure, id }) => [structure, id]))
}

const partsOf = (ready: readonly Ready[], idOf: ReadonlyMap<string, string>) =>
  ready.flatMap(({ structure, collectivites, sousTotaux, lignes }) => {
    const bordereau = idOf.get(structure.id)!
    const of = (conventionId: string) => ({
      structure: structure.id,
      bordereau,
      convention: conventionId,
      collectivite: collectivites.get(conventionId)!,
    })
    return [
      ...sousTotaux.map(({ conventionId, pass, montantCentimes }) => ({
        ...of(conventionId),
        pass,
        montant: montantCentimes,
        nature: null,
        objet: null,
      })),
      ...lignes.map(({ conventionId, nature, montantCentimes, objetId }) => ({
        ...of(conventionId),
        pass: 0,
        montant: montantCentimes,
        nature,
        objet: objetId ?? bordereau,
      })),
    ]
  })
type Part = ReturnType<typeof partsOf>[number]

const insertParts = async (ctx: DueCtx, parts: readonly Part[]) => {
  const me = ctx.actor.organisationId
  await ctx.db.$executeRaw`
    insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes)
    select p.structure, p.bordereau, p.collectivite, p.convention, ${me}::uuid, o.nom, p.pass, p.montant
      from jsonb_to_recordset(${JSON.stringify(parts.filter(({ nature }) => nature === null))}::jsonb) p(structure uuid, bordereau uuid, collectivite uuid, convention uuid, pass int, montant bigint)
      join organisation o on o.id = p.collectivite`
  const lignes = parts.filter(({ nature }) => nature !== null)
  if (lignes.length === 0) return
  await ctx.db.$executeRaw`
    insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
    select p.structure, uuidv7(), p.bordereau, p.collectivite, p.convention, ${me}::uuid, p.nature, p.montant, p.objet
      from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) p(structure uuid, bordereau uuid, collectivite uuid, convention uuid, nature text, montant bigint, objet uuid)`
  await takeLines(ctx, lignes)
}

/** The rejected bordereaux point at the one that pays them again, the incidents at the one that withholds them: each once. */
const takeLines = async (ctx: DueCtx, lignes: readonly Part[]) => {
  const of = (nature: 'report' | 'incident') => {
    const rows = new Map(lignes.filter((ligne) => ligne.nature === nature).map((ligne) => [ligne.objet!, ligne]))
    const all = [...rows.values()]
    return {
      objets: [...rows.keys()],
      structures: all.map(({ structure }) => structure),
      bordereaux: all.map(({ bordereau }) => bordereau),
    }
  }
  const reports = of('report')
  const reported = await ctx.db.$executeRaw`
    update bordereau b set report_id = d.par from unnest(${reports.structures}::uuid[], ${reports.objets}::uuid[], ${reports.bordereaux}::uuid[]) d(structure, id, par)
     where b.organisation_id = d.structure and b.id = d.id and b.statut = 'rejete' and b.report_id is null`
  const incidents = of('incident')
  const taken = await ctx.db.$executeRaw`
    update incident i set statut = 'repris', bordereau_id = d.par from unnest(${incidents.structures}::uuid[], ${incidents.objets}::uuid[], ${incidents.bordereaux}::uuid[]) d(structure, id, par)
     where i.organisation_id = d.structure and i.id = d.id and i.statut = 'approuve'`
  won(Number(reported === reports.objets.length && taken === incidents.objets.length))
}

const total = (ready: readonly Ready[], of: (one: Ready) => number): number => ready.reduce((sum, one) => sum + of(one), 0)

/**
 * Makes the bordereaux of these structures, numbered without gap, with subtotals, lines and uses, each by one statement. What changed
 * since it was counted (a use undone, an incident taken) undoes it all: it may be run again.
 */
export const closeStructures = async (ctx: DueCtx, closing: Closing, ready: readonly Ready[]): Promise<void> => {
  const idOf = await insertBordereaux(ctx, closing, ready)
  await insertParts(ctx, partsOf(ready, idOf))
  const [pass, montant] = [total(ready, (one) => one.pass), total(ready, ({ montantCentimes }) => montantCentimes)]
  const prises = await takeRedemptions(ctx, {
    avant: periodeCutOff(closing.periode),
    structureIds: [...idOf.keys()],
    bordereauIds: [...idOf.values()],
  })
  const utilisations = total(ready, ({ sousTotaux }) => sousTotaux.reduce((sum, { utilisationsCentimes }) => sum + utilisationsCentimes, 0))
  won(Number(prises.pass === pass && prises.montantCentimes === utilisations))
  won(
    await ctx.db
      .$executeRaw`update cloture set faites = faites + ${ready.length}::int, pass = pass + ${pass}::int, montant_centimes = montant_centimes + ${montant}::bigint
      where operateur_id = ${ctx.actor.organisationId}::uuid and id = ${closing.id}::uuid and statut = 'en_cours'`,
  )
  const { mois, semaine } = closing.periode
  await fact(ctx, {
    sujet: 'mois.arrete',
    objet: { mois, ...(semaine !== null && { semaine }), clotureId: closing.id, bordereauIds: [...idOf.values()] },
  })
}

/** The last step: the financeurs are charged with every bordereau of the closing at once (circuit 2), and it is over. */
export const finishClosing = async (ctx: DueCtx, { id, periode }: Closing): Promise<void> => {
  const me = ctx.actor.organisationId
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select distinct b.id from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id and c.charge_at is null
      join cloture k on k.operateur_id = b.operateur_id and k.id = ${id}::uuid
     where b.operateur_id = ${me}::uuid and b.mois = ${periode.mois} and b.semaine is not distinct from ${periode.semaine}::int and b.arrete_at >= k.at`
  await chargeSubtotals(
    ctx,
    rows.map((row) => row.id),
  )
  won(
    await ctx.db.$executeRaw`update cloture set statut = 'terminee', structures = faites, fini_at = ${ctx.now}::timestamptz
      where operateur_id = ${me}::uuid and id = ${id}::uuid and statut = 'en_cours'`,
  )
}
