import type { Resultat } from '@pass/contracts/recherche.ts'
import { BORDEREAU_LABELS, type BordereauStatut } from '@pass/domain/bordereaux.ts'
import { ATTRIBUTION_LABELS, type AttributionStatut } from '@pass/domain/attributions.ts'
import { CARNET_LABELS, type CarnetStatut } from '@pass/domain/carnets.ts'
import { COMMANDE_LABELS, type CommandeStatut } from '@pass/domain/commandes.ts'
import { CONVENTION_LABELS, type ConventionStatut } from '@pass/domain/conventions.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { FACTURE_LABELS, FACTURE_NATURE_LABELS, type FactureNature, type FactureStatut } from '@pass/domain/factures.ts'
import { formatSiret, homePath, ORGANISATION_TYPE_LABELS, type OrganisationType } from '@pass/domain/organisations.ts'
import { readNumero } from '@pass/domain/recherche.ts'
import type { Plage } from '@pass/domain/plages.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { ReachTable } from '@pass/domain/reach.ts'
import { seriesLike } from '@pass/domain/stock.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { Refused } from '../../platform/errors.ts'
import { reaches, reachSql } from '../../platform/reach.ts'
import { droitOf, linkOf, type Paged } from './links.ts'

/** More than this of one type and the person should type one character more. */
const SHOWN = 5

type Row = { id: string; reference: string; statut: string; detail: string }

const resultat = (ctx: Ctx, type: Paged, { id, titre, detail }: { id: string; titre: string; detail: string }): Resultat[] => {
  const lien = linkOf(type, ctx.actor.organisationType, id)
  return lien === null ? [] : [{ type, id, titre, detail, lien }]
}

/** True when the person's role opens this type, their organisation reaches its rows, and there is a page to read it on. */
const opens = (ctx: Ctx, type: Paged, table: ReachTable): boolean =>
  isAllowed(ctx.actor.role, droitOf(type)) && reaches(ctx, table) && linkOf(type, ctx.actor.organisationType, '') !== null

/** A reference begins as what is typed, spaces, dashes and case apart: `cleDeReference` in SQL. */
const begins = (column: Sql, cle: string): Sql => sql`starts_with(regexp_replace(upper(${column}), '[^0-9A-Z]', '', 'g'), ${cle})`

type Source = { type: Paged; table: ReachTable; titre: string; statuts: Record<string, string>; rows: (ctx: Ctx, cle: string) => Sql }

/** One line a type of document: its table, and what the list says of it beside its statut. */
const SOURCES: readonly Source[] = [
  {
    type: 'commande',
    table: 'commande',
    titre: 'Commande',
    statuts: COMMANDE_LABELS satisfies Record<CommandeStatut, string>,
    rows: (ctx, cle) => sql`
      select t.id, t.reference, t.statut, o.nom as detail from commande t join organisation o on o.id = t.collectivite_id
       where ${reachSql(ctx, 'commande', 't')} and ${begins(sql`t.reference`, cle)} order by t.reference desc, t.id limit ${SHOWN}`,
  },
  {
    type: 'convention',
    table: 'convention',
    titre: 'Convention',
    statuts: CONVENTION_LABELS satisfies Record<ConventionStatut, string>,
    rows: (ctx, cle) => sql`
      select t.id, t.reference, t.statut, t.nom as detail from convention t
       where ${reachSql(ctx, 'convention', 't')} and ${begins(sql`t.reference`, cle)} order by t.reference desc, t.id limit ${SHOWN}`,
  },
  {
    type: 'attribution',
    table: 'attribution',
    titre: 'Attribution',
    statuts: ATTRIBUTION_LABELS satisfies Record<AttributionStatut, string>,
    rows: (ctx, cle) => sql`
      select t.id, t.reference, t.statut, o.nom as detail from attribution t
        join organisation o on o.id = coalesce(t.prescripteur_id, t.collectivite_id)
       where ${reachSql(ctx, 'attribution', 't')} and ${begins(sql`t.reference`, cle)} order by t.reference desc, t.id limit ${SHOWN}`,
  },
  {
    type: 'bordereau',
    table: 'bordereau',
    titre: 'Bordereau',
    statuts: BORDEREAU_LABELS satisfies Record<BordereauStatut, string>,
    rows: (ctx, cle) => sql`
      select t.id, t.reference, t.statut, o.nom as detail from bordereau t join organisation o on o.id = t.organisation_id
       where ${reachSql(ctx, 'bordereau', 't')} and ${begins(sql`t.reference`, cle)} order by t.reference desc, t.id limit ${SHOWN}`,
  },
]

const documents = async (ctx: Ctx, cle: string): Promise<Resultat[]> => {
  const found: Resultat[] = []
  for (const { type, table, titre, statuts, rows } of SOURCES) {
    if (!opens(ctx, type, table)) continue
    for (const { id, reference, statut, detail } of await ctx.db.$queryRaw<Row[]>(rows(ctx, cle)))
      found.push(...resultat(ctx, type, { id, titre: `${titre} ${reference}`, detail: `${detail}, ${statuts[statut]?.toLowerCase()}` }))
  }
  return found
}

type FactureRow = { commande_id: string; numero: string; nature: FactureNature; statut: FactureStatut; acheteur: string }

/** An invoice is read on the sheet of its commande. */
const factures = async (ctx: Ctx, cle: string): Promise<Resultat[]> => {
  if (!opens(ctx, 'facture', 'facture')) return []
  const rows = await ctx.db.$queryRaw<FactureRow[]>`
    select commande_id, numero, nature, statut, acheteur from facture t
     where ${reachSql(ctx, 'facture', 't')} and ${begins(sql`t.numero`, cle)} order by t.numero desc, t.id limit ${SHOWN}`
  return rows.flatMap(({ commande_id: id, numero, nature, statut, acheteur }) =>
    resultat(ctx, 'facture', {
      id,
      titre: `${FACTURE_NATURE_LABELS[nature]} ${numero}`,
      detail: `${acheteur}, ${FACTURE_LABELS[statut].toLowerCase()}`,
    }),
  )
}

type CarnetRow = { public_id: string; serie: bigint; statut: CarnetStatut; collectivite: string }

/** The carnets that a number, or the beginning of one, names; who keeps them decides who finds them. */
const carnets = async (ctx: Ctx, texte: string): Promise<Resultat[]> => {
  const series = seriesLike(texte)
  if (!series || !opens(ctx, 'carnet', 'carnet')) return []
  const rows = await ctx.db.$queryRaw<CarnetRow[]>`
    select c.public_id, c.serie, c.statut, o.nom as collectivite from carnet c join organisation o on o.id = c.collectivite_id
     where ${reachSql(ctx, 'carnet', 'c')} and (c.serie between ${series.de} and ${series.a} or c.serie = any(${series.rangs}::bigint[]))
     order by c.serie limit ${SHOWN}`
  return rows.flatMap(({ public_id: id, serie, statut, collectivite }) => {
    const reference = formatSerie(Number(serie))
    return resultat(ctx, 'carnet', {
      id,
      titre: `Carnet ${reference}`,
      detail: `${collectivite}, ${CARNET_LABELS[statut].toLowerCase()}`,
    })
  })
}

/** A carton or a bundle opens the commande that its carnets come from. */
const cartons = async (ctx: Ctx, { premiere, derniere }: Plage, mots: string): Promise<Resultat[]> => {
  if (!opens(ctx, 'carton', 'lot')) return []
  const rows = await ctx.db.$queryRaw<{ id: string; reference: string; collectivite: string }[]>`
    select m.id, m.reference, o.nom as collectivite from lot t
      join commande m on m.collectivite_id = t.collectivite_id and m.id = t.commande_id
      join organisation o on o.id = t.collectivite_id
     where ${reachSql(ctx, 'lot', 't')} and t.serie_premiere <= ${premiere} and t.serie_derniere >= ${derniere} limit ${SHOWN}`
  return rows.flatMap(({ id, reference, collectivite }) =>
    resultat(ctx, 'carton', { id, titre: mots, detail: `Commande ${reference}, ${collectivite}` }),
  )
}

/** A SIRET opens the sheet of the organisation for whoever creates them, and the public page of its places for everybody. */
const organisations = async (ctx: Ctx, siret: string): Promise<Resultat[]> => {
  const owners = await ctx.db.$queryRaw<{ id: string; nom: string; type: OrganisationType }[]>`
    select id, nom, type from organisation where siret = ${siret} order by nom, id limit ${SHOWN}`
  const places = await ctx.db.$queryRaw<{ id: string; nom: string; commune: string }[]>`
    select l.id, l.nom, l.nom_commune as commune from lieu l join organisation o on o.id = l.organisation_id
     where o.siret = ${siret} and l.publie order by l.nom, l.id limit ${SHOWN}`
  const sheets = isAllowed(ctx.actor.role, 'organisation:create')
    ? `/compte/organisations?recherche=${siret}`
    : homePath(ctx.actor.organisationType)
  const known = owners.filter(({ id }) => isAllowed(ctx.actor.role, 'organisation:create') || id === ctx.actor.organisationId)
  return [
    ...known.map(({ id, nom, type }) => ({
      type: 'organisation' as const,
      id,
      titre: nom,
      detail: `${ORGANISATION_TYPE_LABELS[type]}, SIRET ${formatSiret(siret)}`,
      lien: sheets,
    })),
    ...places.map(({ id, nom, commune }) => ({
      type: 'lieu' as const,
      id,
      titre: nom,
      detail: `Lieu de médiation, ${commune}`,
      lien: `/lieux/${id}`,
    })),
  ]
}

// one after the other: they share the transaction's only connection
const references = async (ctx: Ctx, cle: string, texte: string): Promise<Resultat[]> => [
  ...(await documents(ctx, cle)),
  ...(await factures(ctx, cle)),
  ...(await carnets(ctx, texte)),
]

/** What a number typed or scanned names, among what this person may read. Another organisation's object is not found, as if it did not exist. */
export const search = async (ctx: Ctx, { texte }: { texte: string }): Promise<{ items: Resultat[] }> => {
  const read = readNumero(texte)
  if (!read.ok) throw new Refused(read.refusal, 400)
  const { numero } = read
  if (numero.sorte === 'serie') return { items: await carnets(ctx, texte) }
  if (numero.sorte === 'etiquette') return { items: await cartons(ctx, numero.plage, numero.mots) }
  if (numero.sorte === 'siret') return { items: await organisations(ctx, numero.siret) }
  return { items: await references(ctx, numero.cle, texte) }
}
