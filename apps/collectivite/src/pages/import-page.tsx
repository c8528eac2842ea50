import { type ImportAttribution, type ImportLigne, importAttributionRoutes } from '@pass/contracts/imports-attributions.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { whyNotApply } from '@pass/domain/import-attributions.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, queryFrom, useApiMutation, useFollowed, useWarmed, warm } from '@pass/web/api.ts'
import { ATTRIBUTION_READS } from '@pass/web/modules/attributions/attribution-acts.tsx'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Send } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { ImportBadge } from '../widgets/import-badge.ts'

const { getImportAttribution, listImportLignes, listImportAttributions, applyImportAttribution, downloadImportProblems } =
  importAttributionRoutes

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const which = { params: paramsOf(getImportAttribution, params) }
  return warm({
    fichier: apiQuery(getImportAttribution, which),
    lignes: apiQuery(listImportLignes, { ...which, query: queryFrom(listImportLignes, request) }),
  })
}

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.attribuerFichier(), label: 'Attribuer par fichier' },
]

const COLUMNS: Column<ImportLigne>[] = [
  { cle: 'numero', titre: 'Ligne', cell: (row) => formatNumber(row.numero), code: true },
  {
    cle: 'prescripteur',
    titre: 'Prescripteur',
    cell: (row) => row.prescripteur?.nom ?? <span className="doux">{row.cellules.find(Boolean)}</span>,
  },
  {
    cle: 'plage',
    titre: 'Numéros',
    cell: (row) => (row.seriePremiere && row.serieDerniere ? <Plage premiere={row.seriePremiere} derniere={row.serieDerniere} /> : '–'),
  },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => (row.carnets === null ? '–' : formatNumber(row.carnets)), align: 'droite' },
  { cle: 'probleme', titre: 'Problème', cell: (row) => row.probleme ?? <span className="doux">Aucun</span> },
]

const isBusy = ({ statut }: ImportAttribution) => statut === 'a_lire' || statut === 'en_cours'

const State = ({ fichier }: { fichier: ImportAttribution }) => {
  const { statut, message, fautes, avancement, attributions, carnets } = fichier
  if (isBusy(fichier))
    return (
      <Notice tone="info" live="status" titre={statut === 'a_lire' ? 'Lecture du fichier en cours.' : 'Attribution en cours.'}>
        {avancement && avancement.total > 0 ? `${formatNumber(avancement.fait)} sur ${formatNumber(avancement.total)}. ` : ''}
        Cette page se met à jour seule ; vous pouvez la quitter.
      </Notice>
    )
  if (statut === 'illisible')
    return (
      <Notice tone="refus" titre="Ce fichier ne peut pas être lu.">
        {message}
      </Notice>
    )
  if (statut === 'en_erreur')
    return (
      <Notice tone="refus" titre={`${plural(fautes, 'ligne')} à corriger.`}>
        {message ? `${message} ` : ''}Téléchargez le fichier des problèmes, corrigez-le, puis déposez-le de nouveau. Rien n’est attribué.
      </Notice>
    )
  if (statut === 'applique')
    return (
      <Notice tone="bien" live="status" titre={`${plural(carnets, 'carnet attribué', 'carnets attribués')}.`}>
        {plural(attributions, 'attribution')} en route. Imprimez les bordereaux depuis la liste des attributions.
      </Notice>
    )
  return (
    <Notice tone="bien" titre="Toutes les lignes sont bonnes.">
      Relisez-les, puis attribuez les carnets : tous partent, ou aucun.
    </Notice>
  )
}

const Apply = ({ fichier }: { fichier: ImportAttribution }) => {
  const whyNot = useWhyNot()
  const { id, carnets } = fichier
  const apply = useApiMutation(applyImportAttribution, {
    invalidates: [getImportAttribution, listImportLignes, listImportAttributions, pilotageRoutes.getEntonnoir, ...ATTRIBUTION_READS],
  })
  const label = `Attribuer ${plural(carnets, 'carnet')}`
  return (
    <ConfirmDialog
      label={label}
      variant="principal"
      icon={Send}
      disabledReason={whyNot('carnet:allocate', whyNotApply(fichier))}
      titre={`${label} ?`}
      action={label}
      onConfirm={() => apply.mutateAsync({ params: { importId: id } })}
    >
      <p>
        Chaque prescripteur reçoit une attribution par livraison, et en est averti. Les carnets restent sous votre responsabilité jusqu’à
        l’accusé de réception.
      </p>
    </ConfirmDialog>
  )
}

const Acts = ({ fichier }: { fichier: ImportAttribution }) => (
  <ButtonRow>
    {fichier.fautes > 0 && (
      <ExportLink href={fileUrl(downloadImportProblems, { params: { importId: fichier.id } })}>Fichier des problèmes</ExportLink>
    )}
    {fichier.statut === 'applique' ? (
      <LinkButton to={paths.attributions({ statut: 'envoyee' })}>Voir les attributions</LinkButton>
    ) : (
      fichier.statut === 'a_confirmer' && <Apply fichier={fichier} />
    )}
    {(fichier.statut === 'en_erreur' || fichier.statut === 'illisible') && (
      <LinkButton to={paths.attribuerFichier()}>Déposer un autre fichier</LinkButton>
    )}
  </ButtonRow>
)

const figuresOf = ({ lignes, fautes, carnets }: ImportAttribution) => [
  { titre: 'Lignes', valeur: formatNumber(lignes), detail: 'dans le fichier' },
  { titre: 'Lignes à corriger', valeur: formatNumber(fautes), detail: fautes === 0 ? 'aucun problème' : 'rien ne part avant' },
  { titre: 'Carnets', valeur: formatNumber(carnets), detail: 'nommés par le fichier' },
]

export const Component = () => {
  const { fichier: loaded, lignes } = useWarmed<typeof loader>()
  const fichier = useFollowed(getImportAttribution, { params: { importId: loaded.id } }, { loaded, isBusy })
  return (
    <Page titre={`Fichier ${fichier.nom}`} fil={FIL} badge={<ImportBadge statut={fichier.statut} />} actions={<Acts fichier={fichier} />}>
      <State fichier={fichier} />
      {fichier.lignes > 0 && (
        <>
          <KeyFigures items={figuresOf(fichier)} />
          <DataTable
            caption={plural(lignes.total ?? lignes.items.length, 'ligne')}
            rows={lignes.items}
            rowKey={(row) => String(row.numero)}
            columns={COLUMNS}
            filters={
              <Filters>
                <FilterSelect
                  name="probleme"
                  label="Lignes"
                  vide="Toutes"
                  options={[
                    { value: 'true', label: 'À corriger' },
                    { value: 'false', label: 'Sans problème' },
                  ]}
                />
              </Filters>
            }
            empty={<EmptyState titre="Aucune ligne ici">Effacez les filtres pour tout voir.</EmptyState>}
            pied={<Pagination suivant={lignes.suivant} total={lignes.total} count={lignes.items.length} />}
          />
        </>
      )}
    </Page>
  )
}
