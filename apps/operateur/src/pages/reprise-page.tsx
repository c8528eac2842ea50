import { type Reprise, type RepriseLigne, repriseRoutes } from '@pass/contracts/reprises.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { ETAT_ANCIEN_LABELS, REPRISE_MOTIF_LABELS, repriseSentence } from '@pass/domain/reprises.ts'
import { apiQuery, fileUrl, paramsOf, queryFrom, useFollowed, useWarmed, warm } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { FilterSearch, FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { ApplyReprise } from '../widgets/apply-reprise.tsx'
import { RepriseBadge } from '../widgets/reprise-calls.ts'
import { RepriseFile, RepriseProofs } from '../widgets/reprise-deposit.tsx'

const { getReprise, listRepriseLignes, downloadRepriseDecisions } = repriseRoutes

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const which = { params: paramsOf(getReprise, params) }
  return warm({
    reprise: apiQuery(getReprise, which),
    lignes: apiQuery(listRepriseLignes, { ...which, query: queryFrom(listRepriseLignes, request) }),
  })
}

/** Nothing is decided of a file while one of its lines is wrong. */
const Decision = ({ ligne: { probleme, motif }, jugee }: { ligne: RepriseLigne; jugee: boolean }) => {
  if (probleme) return <Badge tone="refus">À corriger</Badge>
  if (!jugee) return <span className="doux">Pas encore jugé</span>
  return motif ? <Badge tone="neutre">Refusé</Badge> : <Badge tone="bien">Honoré</Badge>
}

const columnsOf = (jugee: boolean): Column<RepriseLigne>[] => [
  { cle: 'numero', titre: 'Ligne', cell: (row) => formatNumber(row.numero), code: true },
  { cle: 'serie', titre: 'Carnet', cell: (row) => row.serie ?? '–', code: true },
  { cle: 'etat', titre: 'État déclaré', cell: (row) => (row.etat ? ETAT_ANCIEN_LABELS[row.etat] : '–') },
  { cle: 'fin', titre: 'Fin de validité', cell: (row) => <Jour date={row.dateFin} /> },
  { cle: 'preuve', titre: 'Preuve', cell: (row) => row.preuve ?? <span className="doux">Aucune</span> },
  { cle: 'decision', titre: 'Décision', cell: (row) => <Decision ligne={row} jugee={jugee} /> },
  {
    cle: 'raison',
    titre: 'Raison',
    cell: (row) => row.probleme ?? (row.motif ? REPRISE_MOTIF_LABELS[row.motif] : row.carnet ? `Repris : ${row.carnet}` : ''),
  },
]

const isBusy = ({ statut }: Reprise) => statut === 'a_lire' || statut === 'en_cours'

const State = ({ reprise }: { reprise: Reprise }) => {
  const { statut, message, fautes, honores, refuses, carnets } = reprise
  if (isBusy(reprise))
    return (
      <Notice tone="info" live="status" titre={statut === 'a_lire' ? 'Lecture du fichier en cours.' : 'Reprise des carnets en cours.'}>
        Cette page se met à jour seule ; vous pouvez la quitter.
      </Notice>
    )
  if (statut === 'en_erreur')
    return (
      <Notice tone="refus" titre={fautes > 0 ? `${plural(fautes, 'ligne')} à corriger.` : 'Rien n’est repris.'}>
        {message ?? 'Corrigez le fichier de l’ancien opérateur, puis déposez-le de nouveau.'}
      </Notice>
    )
  if (statut === 'appliquee')
    return (
      <Notice tone="bien" live="status" titre={`${plural(carnets, 'carnet repris', 'carnets repris')}.`}>
        {repriseSentence(honores, refuses)} Les lieux déclarent au registre des créances les pass restés impayés.
      </Notice>
    )
  if (statut === 'a_confirmer')
    return (
      <Notice tone="attente" titre="Chaque pass est jugé.">
        {repriseSentence(honores, refuses)} Relisez les lignes, puis reprenez les carnets : tous ceux qui sont honorés, ou aucun.
      </Notice>
    )
  return <Notice tone="info">Déposez le fichier des carnets et la pièce qui le prouve. Rien n’est repris avant votre accord.</Notice>
}

const figuresOf = ({ lignes, honores, refuses, carnets, montantCentimes, fondsCentimes }: Reprise) => [
  { titre: 'Pass du fichier', valeur: formatNumber(lignes), detail: 'une ligne chacun' },
  { titre: 'Honorés', valeur: formatNumber(honores), detail: `dans ${plural(carnets, 'carnet')}` },
  { titre: 'Refusés', valeur: formatNumber(refuses), detail: 'chaque ligne dit pourquoi' },
  { titre: 'Montant', valeur: euros(montantCentimes), detail: `${euros(fondsCentimes)} de fonds disponibles` },
]

const Lines = ({ reprise }: { reprise: Reprise }) => {
  const { lignes } = useWarmed<typeof loader>()
  if (reprise.lignes === 0) return null
  return (
    <DataTable
      caption={lignes.total === null ? 'Lignes de ce carnet' : plural(lignes.total, 'ligne')}
      rows={lignes.items}
      rowKey={(row) => String(row.numero)}
      columns={columnsOf(reprise.fautes === 0)}
      filters={
        <Filters>
          <FilterSelect
            name="decision"
            label="Décision"
            vide="Toutes"
            options={[
              { value: 'honore', label: 'Honorés' },
              { value: 'refuse', label: 'Refusés' },
              { value: 'probleme', label: 'À corriger' },
            ]}
          />
          <FilterSearch name="serie" label="Numéro du carnet" exemple="ANC-000123" />
        </Filters>
      }
      empty={<EmptyState titre="Aucune ligne ici">Effacez les filtres pour tout voir.</EmptyState>}
      pied={<Pagination suivant={lignes.suivant} total={lignes.total} count={lignes.items.length} />}
    />
  )
}

const Made = ({ reprise: { commandes } }: { reprise: Reprise }) =>
  commandes.length === 0 ? null : (
    <Card titre="Ce qui a été créé">
      <p>Un lot par nombre de pass honorés et par fin de validité, activé sur les fonds de la convention.</p>
      <ul className="pile">
        {commandes.map(({ id, reference, carnets, carnetTaille }) => (
          <li key={id}>
            <Link to={paths.commande({ commandeId: id })}>{reference}</Link> : {plural(carnets, 'carnet')} de {formatNumber(carnetTaille)}{' '}
            pass
          </li>
        ))}
      </ul>
    </Card>
  )

export const Component = () => {
  const { reprise: loaded } = useWarmed<typeof loader>()
  const reprise = useFollowed(getReprise, { params: { repriseId: loaded.id } }, { loaded, isBusy })
  return (
    <Page
      titre={`Reprise ${reprise.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.reprises(), label: 'Reprises' },
      ]}
      badge={<RepriseBadge statut={reprise.statut} />}
      intro={`${reprise.ancienOperateur}, pour ${reprise.collectivite.nom} (convention ${reprise.convention.reference})`}
      actions={
        <ButtonRow>
          {reprise.lignes > 0 && reprise.fautes === 0 && (
            <ExportLink href={fileUrl(downloadRepriseDecisions, { params: { repriseId: reprise.id } })}>Décisions</ExportLink>
          )}
          {reprise.statut !== 'appliquee' && <ApplyReprise reprise={reprise} />}
        </ButtonRow>
      }
    >
      <State reprise={reprise} />
      {reprise.lignes > 0 && <KeyFigures items={figuresOf(reprise)} />}
      <div className="deux">
        <RepriseFile reprise={reprise} />
        <RepriseProofs reprise={reprise} />
        <Made reprise={reprise} />
      </div>
      <Lines reprise={reprise} />
    </Page>
  )
}
