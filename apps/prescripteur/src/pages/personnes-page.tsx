import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { whyNotTakeBack } from '@pass/domain/carnet-moves.ts'
import { parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { BESOIN_LABELS } from '@pass/domain/prescriptions.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { today } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Filters, FilterSearch } from '@pass/web/ui/filters.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { CARNET_READS, listPrescriptions, takeBackCarnet } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listPrescriptions, { query: queryFrom(listPrescriptions, request) }) })

const nameOf = ({ personne }: Prescription): string => (personne ? `${personne.prenom} ${personne.nom}` : 'Personne non nommée')

const TakeBack = ({ prescription, onDone }: { prescription: Prescription; onDone: (prescription: Prescription) => void }) => {
  const takeBack = useApiMutation(takeBackCarnet, { invalidates: CARNET_READS, onSuccess: onDone })
  const dateRemise = parisDay(new Date(prescription.remisAt))
  if (prescription.annulee) return <Badge tone="neutre">Carnet repris</Badge>
  // After the day, nobody here can do it any more: the quiet words avoid a warning on every row of the past.
  if (dateRemise !== today()) return <span className="doux petit">Remis un autre jour</span>
  const refusal = whyNotTakeBack({ statut: 'remis', passUtilises: prescription.utilises, dateRemise, par: 'prescripteur' }, today())
  return (
    <ConfirmDialog
      label="Reprendre le carnet"
      variant="lien"
      danger
      disabledReason={refusal?.message}
      titre={`Reprendre le carnet ${prescription.serie} ?`}
      action="Reprendre le carnet"
      onConfirm={() => takeBack.mutateAsync({ params: { prescriptionId: prescription.id } })}
    >
      <p>
        Le carnet remis à {prescription.personne ? nameOf(prescription) : 'cette personne'} revient dans votre stock. Gardez le carnet en
        main avant de confirmer.
      </p>
    </ConfirmDialog>
  )
}

const columns = (onDone: (prescription: Prescription) => void): readonly Column<Prescription>[] => [
  { cle: 'personne', titre: 'Personne', cell: nameOf },
  {
    cle: 'serie',
    titre: 'Carnet',
    cell: (row) => (
      <Link className="code" to={paths.carnet({ carnetId: row.carnetId })}>
        {row.serie}
      </Link>
    ),
  },
  { cle: 'remis', titre: 'Remis le', cell: (row) => <Jour date={parisDay(new Date(row.remisAt))} /> },
  { cle: 'besoin', titre: 'Besoin', cell: (row) => BESOIN_LABELS[row.besoin] },
  { cle: 'niveau', titre: 'Niveau', cell: (row) => NIVEAU_LABELS[row.niveau] },
  { cle: 'pass', titre: 'Pass utilisés', cell: (row) => `${row.utilises} sur ${row.taille}`, align: 'droite' },
  { cle: 'action', titre: 'Reprise', cell: (row) => <TakeBack prescription={row} onDone={onDone} /> },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [done, setDone] = useState<Prescription | null>(null)
  return (
    <Page
      titre="Personnes servies"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les carnets remis par votre équipe. Chaque consultation de cette liste est notée au journal."
      actions={<LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>}
    >
      {done && (
        <Notice tone="bien" live="status" titre={`Carnet ${done.serie} repris.`}>
          Il est de nouveau dans votre stock. <Link to={paths.remettre({ numero: done.serie })}>Le remettre à la bonne personne</Link>
        </Notice>
      )}
      <DataTable
        caption={page.total === null ? 'Remises' : plural(page.total, 'remise')}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLink={(row) => paths.remise({ prescriptionId: row.id })}
        columns={columns(setDone)}
        filters={
          <Filters>
            <FilterSearch name="recherche" label="Nom ou numéro du carnet" exemple="PN 26-0001234-K" />
          </Filters>
        }
        empty={
          <EmptyState titre="Aucune remise" action={<LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>}>
            Les carnets que vous remettez paraissent ici.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
