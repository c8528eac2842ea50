import { type RemiseBancaire, remiseBancaireRoutes, type Virement } from '@pass/contracts/remises-bancaires.ts'
import { VIREMENT_LABELS } from '@pass/domain/bordereaux.ts'
import { formatDay, formatInstant, PARIS } from '@pass/domain/days.ts'
import { euros, formatNumber, plural } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { useCan } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { KeyFigures } from '@pass/web/ui/key-figures.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { Landmark } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { VirementBadge } from '../widgets/banque-badges.ts'

const { getRemiseBancaire, listVirements, downloadRemise } = remiseBancaireRoutes

export const loader = ({ params, request }: LoaderFunctionArgs) =>
  warm({
    remise: apiQuery(getRemiseBancaire, { params: paramsOf(getRemiseBancaire, params) }),
    page: apiQuery(listVirements, { params: paramsOf(listVirements, params), query: queryFrom(listVirements, request) }),
  })

const motifOf = ({ motifRejet, revenuLe }: Virement): string =>
  motifRejet === null ? '–' : revenuLe === null ? motifRejet : `Payé, puis revenu le ${formatDay(revenuLe)} : ${motifRejet}`

const COLUMNS: readonly Column<Virement>[] = [
  { cle: 'reference', titre: 'Référence', cell: (row) => row.reference, code: true },
  { cle: 'structure', titre: 'Structure', cell: (row) => row.structure.nom },
  { cle: 'iban', titre: 'IBAN', cell: (row) => row.ibanMasque, code: true },
  { cle: 'montant', titre: 'Montant', cell: (row) => <Euros centimes={row.montantCentimes} />, align: 'droite' },
  { cle: 'statut', titre: 'Réponse', cell: (row) => <VirementBadge statut={row.statut} /> },
  { cle: 'date', titre: 'Date de la banque', cell: (row) => <Jour date={row.dateBanque} /> },
  { cle: 'motif', titre: 'Motif du rejet', cell: (row) => motifOf(row) },
]

const STATUTS = (['emis', 'execute', 'rejete'] as const).map((value) => ({ value, label: VIREMENT_LABELS[value] }))

const File = ({ remise: { id, reference, sha256 } }: { remise: RemiseBancaire }) => {
  const can = useCan()
  return (
    <Card titre="Fichier de la banque">
      {can('bordereau:release') ? (
        <FileLink href={fileUrl(downloadRemise, { params: { remiseId: id } })} nom={`Fichier SEPA ${reference}`} type="XML" />
      ) : (
        <p>La personne qui émet les virements télécharge ce fichier.</p>
      )}
      <p className="petit doux">
        Empreinte SHA-256&nbsp;: <span className="code">{sha256}</span>
      </p>
    </Card>
  )
}

const figuresOf = ({ virements, montantCentimes, executes, rejetes, attendus }: RemiseBancaire) => [
  { titre: 'Virements', valeur: formatNumber(virements), detail: euros(montantCentimes) },
  { titre: 'Exécutés', valeur: formatNumber(executes) },
  { titre: 'Rejetés', valeur: formatNumber(rejetes), detail: rejetes > 0 ? 'sommes dues de nouveau' : 'aucun' },
  { titre: 'Sans réponse', valeur: formatNumber(attendus), detail: attendus > 0 ? 'la banque n’a rien dit' : 'tous ont leur réponse' },
]

export const Component = () => {
  const { remise, page } = useWarmed<typeof loader>()
  return (
    <Page
      titre={`Fichier ${remise.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.remises(), label: 'Virements transmis' },
      ]}
      intro={`Transmis le ${formatInstant(new Date(remise.at), PARIS)}`}
      actions={
        remise.attendus > 0 && (
          <LinkButton icon={Landmark} to={paths.retours()}>
            Importer un retour
          </LinkButton>
        )
      }
    >
      <KeyFigures items={figuresOf(remise)} />
      <DataTable
        caption={plural(page.total ?? page.items.length, 'virement')}
        rows={page.items}
        rowKey={(row) => row.bordereauId}
        rowLink={({ bordereauId }) => paths.bordereau({ bordereauId })}
        columns={COLUMNS}
        filters={
          <Filters>
            <FilterSelect name="statut" label="Réponse de la banque" vide="Toutes" options={STATUTS} />
          </Filters>
        }
        empty={<EmptyState titre="Aucun virement ici">Effacez les filtres pour tout voir.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
      <File remise={remise} />
    </Page>
  )
}
