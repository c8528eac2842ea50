import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import type { Command } from '../../platform/cli.ts'

type Row = {
  collectivite: string
  reference: string
  cle: string
  mois: number
  pass: number
  /** Used pass of the closed bordereaux, counted use by use, less what was withheld for incidents. */
  utilise: string
  /** Asked by calls, and deducted by them from advances; received is a part of both. */
  appele: string
  avance: string
  recu: string
  a_appeler: string
  /** Closed and not charged yet: a batch that waits for the next closing. */
  attente: string
  plafonds: { nom: string; plafond: number; part: number }[]
}

/**
 * Independent of what the split wrote: the used pass are counted in the redemptions, the calls in their own rows, what is left in the
 * ledger.
 */
const CHECK = `
  with utilise as (
    select r.convention_id, count(*) pass, sum(r.montant_centimes) montant, count(distinct b.mois) mois
      from redemption r join bordereau b on b.organisation_id = r.structure_id and b.id = r.bordereau_id where r.statut <> 'annulee' group by 1),
  retenu as (select convention_id, sum(montant_centimes) montant from bordereau_ligne where nature = 'incident' group by 1),
  attente as (
    select s.convention_id, sum(s.montant_centimes - coalesce((select sum(l.montant_centimes) from bordereau_ligne l where l.organisation_id = s.organisation_id and l.bordereau_id = s.bordereau_id
             and l.convention_id = s.convention_id and l.nature in ('report', 'frais')), 0)) montant
      from bordereau_convention s where s.charge_at is null group by 1),
  appel as (
    select convention_id, sum(montant_centimes) montant, sum(avance_centimes) avance, sum(part_centimes) filter (where statut = 'recu') recu
      from appel_fonds where statut in ('appele', 'recu') group by 1),
  reste as (select convention_id, sum(solde_centimes) solde from account where nature = 'a_appeler' group by 1),
  plafond as (
    select convention_id, jsonb_agg(jsonb_build_object('nom', nom, 'plafond', plafond, 'part', part) order by nom) plafonds
      from (select convention_id, cle, min(nom) nom, (array_agg(plafond_centimes order by at desc))[1] plafond, sum(montant_centimes - derogation_centimes) part from partage_part group by 1, 2) p
     where plafond is not null group by 1)
  select o.nom collectivite, c.reference, (select string_agg(f.cle_bp::text, '/' order by f.rang) from convention_financeur f where f.collectivite_id = c.collectivite_id and f.convention_id = c.id) cle,
         u.mois::int, u.pass::int, u.montant + coalesce(t.montant, 0) utilise, coalesce(a.montant, 0) appele, coalesce(a.avance, 0) avance, coalesce(a.recu, 0) recu, coalesce(r.solde, 0) a_appeler,
         coalesce(w.montant, 0) attente, coalesce(p.plafonds, '[]') plafonds
    from utilise u join convention c on c.id = u.convention_id join organisation o on o.id = c.collectivite_id
    left join retenu t using (convention_id) left join attente w using (convention_id) left join appel a using (convention_id) left join reste r using (convention_id) left join plafond p using (convention_id)
   order by o.nom, c.reference`

const keyOf = (cle: string) =>
  cle
    .split('/')
    .map((bp) => percent(Number(bp)))
    .join(' / ')

const verdictOf = (row: Row) => {
  const [utilise, appele, avance, reste, attente] = [row.utilise, row.appele, row.avance, row.a_appeler, row.attente].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const ecart = utilise - (appele + avance + reste + attente)
  const depasses = row.plafonds.filter(({ plafond, part }) => part > plafond)
  return { utilise, appele, avance, recu: Number(row.recu), reste, attente, ecart, ok: ecart === 0 && depasses.length === 0 }
}

const linesOf = (row: Row): string[] => {
  const { utilise, appele, avance, recu, reste, attente, ecart, ok } = verdictOf(row)
  return [
    `${ok ? 'ok ' : 'NON'}  ${row.collectivite}, convention ${row.reference}, clé ${keyOf(row.cle)} : ${plural(row.mois, 'mois clôturé', 'mois clôturés')}, ${pluralPass(row.pass)} utilisés`,
    `     pass utilisés ${euros(utilise)} = appels ${euros(appele)} (dont reçu ${euros(recu)}, avances comprises) + avances déduites ${euros(avance)} + reste à appeler ${euros(reste)}${attente === 0 ? '' : ` + en attente de clôture ${euros(attente)}`}${ecart === 0 ? '' : ` ; écart ${euros(ecart)}`}`,
    ...row.plafonds.map(({ nom, plafond, part }) => `     plafond ${nom} : ${euros(part)} sur ${euros(plafond)}`),
  ]
}

/** `cli financement verifier`: calls for funds and what is left to call equal the used pass, to the centime, convention by convention. */
export const verifierFinancement: Command = {
  summary: 'Comparer les appels de fonds aux pass utilisés, convention par convention, au centime',
  run: async (io) => {
    const owner = await io.owner()
    const { rows } = await owner.query<Row>(CHECK)
    const verdicts = rows.map((row) => ({
      collectivite: row.collectivite,
      reference: row.reference,
      cle: row.cle,
      mois: row.mois,
      pass: row.pass,
      ...verdictOf(row),
    }))
    const ok = verdicts.every((one) => one.ok)
    const total = verdicts.reduce((sum, { utilise }) => sum + utilise, 0)
    const end = ok
      ? `Appels de fonds et reste à appeler égalent les pass utilisés de ${plural(rows.length, 'convention')}, au centime : ${euros(total)}.`
      : 'Les appels de fonds ne correspondent pas aux pass utilisés, ou un plafond est dépassé.'
    return { ok, lines: [...rows.flatMap(linesOf), end], json: verdicts }
  },
}
