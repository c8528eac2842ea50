import { type RetourBancaire, retourBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { formatNumber, plural } from '@pass/domain/money.ts'
import { RETOUR_COLONNES, RETOUR_FORMAT_LABELS, RETOUR_RULE } from '@pass/domain/retours.ts'
import { apiQuery, fileUrl, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { TableDeposit } from '@pass/web/modules/pieces/table-deposit.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { useDeposit } from '@pass/web/upload.ts'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { RetourBadge } from '../widgets/banque-badges.ts'
import { BANQUE_READS } from '../widgets/banque-reads.ts'
import { useRoleReason } from '../widgets/role-reason.ts'

const { listRetours, uploadRetour, downloadRetourModel } = retourBancaireRoutes

export const loader = ({ request }: LoaderFunctionArgs) => warm({ page: apiQuery(listRetours, { query: queryFrom(listRetours, request) }) })

const COLUMNS: readonly Column<RetourBancaire>[] = [
  { cle: 'nom', titre: 'Fichier', cell: (row) => row.nom },
  { cle: 'at', titre: 'Importé le', cell: (row) => <Instant at={row.at} /> },
  { cle: 'format', titre: 'Format', cell: (row) => (row.format ? RETOUR_FORMAT_LABELS[row.format] : '–') },
  { cle: 'executes', titre: 'Exécutés', cell: (row) => formatNumber(row.executes), align: 'droite' },
  { cle: 'rejetes', titre: 'Rejetés', cell: (row) => formatNumber(row.rejetes + row.revenus), align: 'droite' },
  { cle: 'inconnus', titre: 'Inconnus', cell: (row) => formatNumber(row.inconnus), align: 'droite' },
  { cle: 'statut', titre: 'État', cell: (row) => <RetourBadge statut={row.statut} /> },
]

const Deposit = () => {
  const navigate = useNavigate()
  const deposit = useDeposit(
    uploadRetour,
    {},
    { rule: RETOUR_RULE, invalidates: BANQUE_READS, onSuccess: ({ id }) => navigate(paths.retour({ retourId: id })) },
  )
  return (
    <Card titre="Importer un fichier de la banque">
      <div className="pile">
        <p>Si une seule ligne est fausse, tout le fichier est refusé et rien ne change&nbsp;: la raison et la ligne sont dites.</p>
        <TableDeposit
          deposit={deposit}
          label="Fichier de la banque"
          aide="CSV, camt.053, camt.054 ou pain.002 (XML). 20 Mo et 100 000 lignes au plus."
          accept=".csv,.txt,.xml"
        />
      </div>
    </Card>
  )
}

const FORMAT = [
  { terme: RETOUR_COLONNES.reference, valeur: 'Celle du virement, telle que le fichier SEPA la donne. Exemple : B26-0012.' },
  { terme: RETOUR_COLONNES.montant, valeur: 'En euros, au centime : il est comparé à celui du virement. Exemple : 120,50.' },
  { terme: RETOUR_COLONNES.resultat, valeur: '« exécuté », « rejeté », ou « revenu » pour un virement déjà payé.' },
  { terme: RETOUR_COLONNES.date, valeur: 'Celle de la banque. Exemple : 10/03/2026.' },
  { terme: RETOUR_COLONNES.motif, valeur: 'Pour un rejet ou un retour : le code de la banque (AC04) ou quelques mots. Vide sinon.' },
]

const Format = () => (
  <Card titre="Le fichier CSV">
    <div className="pile">
      <p>Première ligne&nbsp;: les noms des colonnes, dans l’ordre que vous voulez. Puis une ligne par virement.</p>
      <DefinitionList items={FORMAT} />
      <FileLink href={fileUrl(downloadRetourModel, {})} nom="Modèle avec les virements sans réponse" type="CSV" />
      <p className="petit doux">
        Une banque qui donne un relevé camt.053, un avis camt.054 ou un compte rendu pain.002 évite ce travail&nbsp;: déposez son fichier
        tel quel.
      </p>
    </div>
  </Card>
)

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const reason = useRoleReason()('bordereau:pay')
  return (
    <Page
      titre="Retours de la banque"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.remises(), label: 'Virements transmis' },
      ]}
      intro="Ce que la banque a fait des virements : exécutés, rejetés (avant le paiement ou après), ou inconnus de nous."
      actions={
        <LinkButton variant="second" to={paths.remises()}>
          Voir les virements transmis
        </LinkButton>
      }
    >
      {reason ? (
        <Notice tone="attente">{reason}</Notice>
      ) : (
        <>
          <Deposit />
          <Format />
        </>
      )}
      <h2>Fichiers importés</h2>
      <DataTable
        caption={plural(page.total ?? page.items.length, 'fichier')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={({ id }) => paths.retour({ retourId: id })}
        columns={COLUMNS}
        empty={<EmptyState titre="Aucun retour importé">Après un envoi de virements, déposez ici la réponse de la banque.</EmptyState>}
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
