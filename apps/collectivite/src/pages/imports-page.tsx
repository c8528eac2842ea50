import { type ImportAttribution, importAttributionRoutes } from '@pass/contracts/imports-attributions.ts'
import { parisDay } from '@pass/domain/days.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { TABLE_RULE } from '@pass/domain/pieces.ts'
import { apiQuery, fileUrl, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { TableDeposit } from '@pass/web/modules/pieces/table-deposit.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useDeposit } from '@pass/web/upload.ts'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { AllocateWays } from '../widgets/allocate-ways.tsx'
import { ImportBadge } from '../widgets/import-badge.ts'

const { listImportAttributions, uploadImportAttribution, downloadImportModel } = importAttributionRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listImportAttributions, { query: queryFrom(listImportAttributions, request) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.stock(), label: 'Stock et attributions' },
]

const COLUMNS: Column<ImportAttribution>[] = [
  { cle: 'nom', titre: 'Fichier', cell: (row) => row.nom },
  { cle: 'date', titre: 'Déposé le', cell: (row) => <Jour date={parisDay(new Date(row.createdAt))} /> },
  { cle: 'lignes', titre: 'Lignes', cell: (row) => formatNumber(row.lignes), align: 'droite' },
  { cle: 'carnets', titre: 'Carnets', cell: (row) => formatNumber(row.carnets), align: 'droite' },
  { cle: 'statut', titre: 'État', cell: (row) => <ImportBadge statut={row.statut} /> },
]

const Deposit = () => {
  const navigate = useNavigate()
  const deposit = useDeposit(
    uploadImportAttribution,
    {},
    {
      rule: TABLE_RULE,
      invalidates: [listImportAttributions],
      onSuccess: ({ id }) => navigate(paths.importAttribution({ importId: id })),
    },
  )
  return (
    <Card titre="Déposer un fichier">
      <div className="pile">
        <p>
          Une ligne par envoi&nbsp;: le prescripteur (SIRET ou nom), le premier numéro, puis le dernier numéro ou le nombre de carnets. Rien
          n’est attribué avant votre accord.
        </p>
        <FileLink href={fileUrl(downloadImportModel, {})} nom="Modèle avec vos prescripteurs" type="CSV" />
        <TableDeposit
          deposit={deposit}
          label="Fichier des attributions"
          aide="CSV ou XLSX, 100 000 lignes au plus."
          accept=".csv,.txt,.xlsx"
        />
      </div>
    </Card>
  )
}

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Attribuer par fichier"
      fil={FIL}
      intro="Pour servir beaucoup de prescripteurs d’un coup : vous voyez chaque ligne avant d’attribuer."
    >
      <AllocateWays ici={paths.attribuerFichier()} />
      <Deposit />
      <h2>Fichiers déposés</h2>
      <DataTable
        caption={plural(page.total ?? page.items.length, 'fichier')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.importAttribution({ importId: row.id })}
        columns={COLUMNS}
        empty={<EmptyState titre="Aucun fichier déposé">Téléchargez le modèle, remplissez-le, puis déposez-le ici.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
