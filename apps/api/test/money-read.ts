import { type Account, type Book, KEY } from './money-book.ts'
import type { Scene } from './money-scene.ts'

type Rows = {
  accounts: { nature: string; cle: string | null; solde: number }[]
  carnets: string[]
  uses: Record<string, string> | null
  slips: Record<string, string> | null
  calls: Record<string, string> | null
  avoirs: Record<string, number[]> | null
  givenBack: number[][] | null
}

const SQL = `select jsonb_build_object(
  'accounts', (select jsonb_agg(jsonb_build_object('nature', nature, 'cle', financeur_cle, 'solde', solde_centimes)) from account
    where convention_id = $1 and (structure_id is null or structure_id = $2)),
  'carnets', (select jsonb_agg(concat_ws(' ', statut, utilises, activation_id is not null, derogation_id is not null) order by serie) from carnet where convention_id = $1),
  'uses', (select jsonb_object_agg(public_id, statut) from redemption where convention_id = $1),
  'slips', (select jsonb_object_agg(id, concat_ws(' ', statut, montant_centimes)) from bordereau where organisation_id = $2),
  'calls', (select jsonb_object_agg(id, concat_ws(' ', statut, cle, periode_fin, part_centimes, avance_centimes, montant_centimes)) from appel_fonds where convention_id = $1),
  'avoirs', (select jsonb_object_agg(e.lot_id, (select jsonb_agg(p.montant_centimes order by p.rang) from avoir_part p where p.collectivite_id = a.collectivite_id and p.avoir_id = a.id))
    from avoir a join echeance e on e.collectivite_id = a.collectivite_id and e.id = a.echeance_id where a.convention_id = $1),
  'givenBack', (select jsonb_agg((select jsonb_agg(p.montant_centimes order by p.rang) from avoir_part p where p.collectivite_id = a.collectivite_id and p.avoir_id = a.id) order by a.annee, a.rang)
    from avoir a where a.convention_id = $1 and a.echeance_id is null)
) as all`

/** What the database says of the scene, in the words of the notebook. */
export const readBooks = async ({ world: { sql }, conventionId, structureId, lots }: Scene) => {
  const { rows } = await sql.query<{ all: Rows }>(SQL, [conventionId, structureId])
  const { accounts, carnets, uses, slips, calls, avoirs, givenBack } = rows[0]!.all
  const of = (nature: string, cle: string | null) => accounts.find((row) => row.nature === nature && row.cle === cle)?.solde ?? 0
  const byPayer = (nature: string) => KEY.map(({ cle }) => of(nature, `${cle}:${cle}`))
  const natures: readonly Account[] = ['payeur', 'fonds', 'circulation', 'du', 'en_paiement', 'paye', 'a_crediter', 'credite', 'frais']
  return {
    balances: Object.fromEntries(natures.map((nature) => [nature, of(nature, null)])),
    financing: { toCall: byPayer('a_appeler'), called: byPayer('appele'), got: byPayer('recu') },
    carnets,
    uses: uses ?? {},
    slips: slips ?? {},
    calls: calls ?? {},
    avoirs: lots.map((lot) => avoirs?.[lot] ?? null),
    givenBack: givenBack ?? [],
  }
}

/** The same, of the notebook. */
export const told = ({ balances, toCall, called, got, carnets, uses, slips, calls, lots, givenBack }: Book) => ({
  balances,
  financing: { toCall, called, got },
  carnets: carnets.map(({ statut, used, active, spared }) => [statut, used, active ? 't' : 'f', spared ? 't' : 'f'].join(' ')),
  uses: Object.fromEntries(uses.map(({ id, statut }) => [id, statut])),
  slips: Object.fromEntries(slips.map(({ id, statut, net }) => [id, `${statut} ${net}`])),
  calls: Object.fromEntries(
    calls.map(({ id, statut, payer, until, part, advance }) => {
      const { cle } = KEY[payer]!
      return [id, [statut, `${cle}:${cle}`, until, part, advance, part - advance].join(' ')]
    }),
  ),
  avoirs: lots.map(({ credited }) => credited),
  givenBack,
})
