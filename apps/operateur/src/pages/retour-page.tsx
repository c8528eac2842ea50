import { type RetourBancaire, type RetourLigne, retourBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { RETOUR_EFFET_LABELS, RETOUR_FORMAT_LABELS } from '@pass/domain/retours.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { useQuery } from '@tanstack/react-query'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { EffetBadge, RetourBadge } from '../widgets/banque-badges.ts'

const { getRetour, listRetourLignes } = retourBancaireRoutes

export const loader = ({ params, request }: LoaderFunctionArgs) =>
  warm({
    retour: apiQuery(getRetour, { params: paramsOf(getRetour, params) }),
    page: apiQuery(listRetourLignes, { params: paramsOf(listRetourLignes, params), query: queryFrom(listRetourLignes, request) }),
  })

/** A large file is read in background: asked again until it is over. */
const useRetour = (loaded: RetourBancaire): RetourBancaire =>
  useQuery({
    ...apiQuery(getRetour, { params: { retourId: loaded.id } }),
    initialData: loaded,
    refetchInterval: ({ state }) => (state.data?.statut === 'a_lire' ? 2000 : false),
  }).data

const COLUMNS: readonly Column<RetourLigne>[] = [
  { cle: 'numero', titre: 'Ligne', cell: (row) => formatNumber(row.numero), align: 'droite' },
  // ours are short: they stay in one piece
  {
    cle: 'reference',
    titre: 'Référence',
    cell: ({ reference, bordereau }) => (bordereau ? <span className="insecable">{reference}</span> : (reference ?? '–')),
    code: true,
  },
  {
    cle: 'structure',
    titre: 'Structure',
    cell: ({ bordereau }) => (bordereau ? <Link to={paths.bordereau({ bordereauId: bordereau.id })}>{bordereau.structure}</Link> : '–'),
  },
  {
    cle: 'montant',
    titre: 'Montant',
    cell: (row) => (row.montantCentimes === null ? '–' : <Euros centimes={row.montantCentimes} />),
    align: 'droite',
  },
  { cle: 'date', titre: 'Date de la banque', cell: (row) => <Jour date={row.dateBanque} /> },
  { cle: 'effet', titre: 'Résultat', cell: (row) => <EffetBadge statut={row.effet} /> },
  { cle: 'motif', titre: 'Motif', cell: (row) => row.motif ?? '–' },
]

const figuresOf = ({ executes, rejetes, revenus, attentes, inconnus, executeCentimes, rejeteCentimes, revenuCentimes }: RetourBancaire) => [
  { titre: 'Exécutés', valeur: formatNumber(executes), detail: euros(executeCentimes) },
  { titre: 'Rejetés', valeur: formatNumber(rejetes), detail: rejetes > 0 ? `${euros(rejeteCentimes)} dus de nouveau` : 'aucun' },
  ...(revenus > 0
    ? [{ titre: 'Revenus après paiement', valeur: formatNumber(revenus), detail: `${euros(revenuCentimes)} dus de nouveau` }]
    : []),
  { titre: 'Encore en cours', valeur: formatNumber(attentes), detail: 'rien ne change pour eux' },
  { titre: 'Inconnus', valeur: formatNumber(inconnus), detail: 'aucun de nos virements' },
]

const dueAgain = (rejetes: number, revenus: number): string =>
  [
    ...(rejetes > 0 ? [plural(rejetes, 'virement rejeté', 'virements rejetés')] : []),
    ...(revenus > 0 ? [`${plural(revenus, 'virement revenu', 'virements revenus')} après paiement`] : []),
  ].join(', ')

const State = ({ retour: { statut, message, rejetes, revenus, executes, inconnus } }: { retour: RetourBancaire }) => {
  if (statut === 'a_lire')
    return (
      <Notice tone="info" live="status" titre="Lecture du fichier en cours.">
        Cette page se met à jour seule&nbsp;; vous pouvez la quitter.
      </Notice>
    )
  if (statut === 'refuse')
    return (
      <Notice tone="refus" titre="Ce fichier est refusé : rien n’a changé.">
        {message}
      </Notice>
    )
  if (rejetes + revenus > 0)
    return (
      <Notice tone="attente" titre={`${dueAgain(rejetes, revenus)}.`}>
        Le compte qui a servi ne sert plus, et la personne responsable de chaque structure est prévenue. La somme partira avec le prochain
        bordereau, dès qu’un autre compte sera accepté.
      </Notice>
    )
  if (executes === 0 && inconnus > 0)
    return (
      <Notice tone="attente" titre="Aucun de nos virements dans ce fichier.">
        Vérifiez qu’il s’agit du bon compte et du bon jour.
      </Notice>
    )
  return null
}

export const Component = () => {
  const { retour: loaded, page } = useWarmed<typeof loader>()
  const retour = useRetour(loaded)
  return (
    <Page
      titre={`Retour ${retour.nom}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.retours(), label: 'Retours de la banque' },
      ]}
      intro={retour.format ? `${RETOUR_FORMAT_LABELS[retour.format]}, ${plural(retour.lignes, 'ligne')}` : undefined}
      badge={<RetourBadge statut={retour.statut} />}
      actions={retour.statut === 'refuse' && <LinkButton to={paths.retours()}>Déposer un autre fichier</LinkButton>}
    >
      <State retour={retour} />
      {retour.statut === 'applique' && (
        <>
          <KeyFigures items={figuresOf(retour)} />
          <DataTable
            caption={plural(page.total ?? page.items.length, 'ligne')}
            rows={page.items}
            rowKey={(row) => String(row.rang)}
            columns={COLUMNS}
            filters={
              <Filters>
                <FilterSelect name="effet" label="Résultat" vide="Tous" options={optionsOf(RETOUR_EFFET_LABELS)} />
              </Filters>
            }
            empty={<EmptyState titre="Aucune ligne ici">Effacez les filtres pour tout voir.</EmptyState>}
            pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
          />
        </>
      )}
    </Page>
  )
}
