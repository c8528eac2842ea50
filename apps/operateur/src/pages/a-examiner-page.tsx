import type { guichetRoutes } from '@pass/contracts/guichet.ts'
import type { Output } from '@pass/contracts/route.ts'
import { euros, plural, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Euros, Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { EXAMEN_READS, listAExaminer, releaseUtilisation } from '../widgets/alertes-calls.ts'
import { clockWords } from '../widgets/clock-gap.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({ page: apiQuery(listAExaminer, { query: queryFrom(listAExaminer, request) }) })

type Row = Output<(typeof guichetRoutes)['listAExaminer']>['items'][number]
type OnDone = (said: Said) => void

const Release = ({ acte, onDone }: { acte: Row; onDone: OnDone }) => {
  const [motif, setMotif] = useState('')
  const release = useApiMutation(releaseUtilisation, { invalidates: EXAMEN_READS })
  const onConfirm = async () => {
    const { pass } = await release.mutateAsync({ params: { acteDiffereId: acte.id }, body: { motif: motif.trim() } })
    onDone({ titre: `${pluralPass(pass)} à payer.`, suite: `${acte.structure}\u00a0: le prochain bordereau les prendra.` })
  }
  return (
    <ConfirmDialog
      label={
        <>
          Laisser payer<span className="hors-ecran"> {pluralPass(acte.pass)}</span>
        </>
      }
      variant="lien"
      titre={`Laisser payer ${pluralPass(acte.pass)} à ${acte.structure} ?`}
      action={`Laisser payer ${euros(acte.montantCentimes)}`}
      actionReason={motif.trim() ? null : 'Indiquez ce qui lève le doute\u00a0: c’est gardé.'}
      onConfirm={onConfirm}
    >
      <p>{clockWords(acte.ecartSecondes)}</p>
      <p>Après votre accord, le prochain bordereau de la structure prend ces pass.</p>
      <TextAreaField
        label="Motif"
        aide="Exemple : horaires confirmés par la structure. Sans nom de personne."
        rows={3}
        maxLength={300}
        value={motif}
        onChange={({ target }) => setMotif(target.value)}
      />
    </ConfirmDialog>
  )
}

const columns = (onDone: OnDone): readonly Column<Row>[] => [
  { cle: 'structure', titre: 'Structure', cell: ({ structure }) => structure },
  { cle: 'appareil', titre: 'Appareil', cell: ({ appareil }) => appareil },
  { cle: 'lu', titre: 'Lu le, selon l’appareil', cell: ({ scanneAt }) => <Instant at={scanneAt} /> },
  { cle: 'recu', titre: 'Reçu le', cell: ({ recuAt }) => <Instant at={recuAt} /> },
  { cle: 'doute', titre: 'Ce qui fait douter', cell: ({ ecartSecondes }) => clockWords(ecartSecondes) },
  { cle: 'pass', titre: 'Pass retenus', cell: ({ pass }) => pass, align: 'droite' },
  { cle: 'montant', titre: 'Montant', cell: ({ montantCentimes }) => <Euros centimes={montantCentimes} />, align: 'droite' },
  { cle: 'action', titre: 'Examen', cell: (acte) => <Release acte={acte} onDone={onDone} /> },
]

export const Component = () => {
  const { page } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre="À examiner"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Des pass utilisés sans réseau, par un appareil dont l’heure est douteuse. Ils ne sont dans aucun bordereau avant votre accord."
    >
      <SaidNotice said={said} />
      {page.items.length > 0 && (
        <Notice tone="neutre" titre="Un doute reste ?">
          Ne laissez pas payer&nbsp;: l’utilisation reste retenue. La structure peut l’annuler dans les 24 heures qui suivent sa réception,
          et le pass redevient valable.
        </Notice>
      )}
      <DataTable
        caption={
          page.total === null
            ? 'Utilisations retenues, la plus ancienne d’abord'
            : plural(page.total, 'utilisation retenue', 'utilisations retenues')
        }
        rows={page.items}
        rowKey={({ id }) => id}
        columns={columns(setSaid)}
        empty={
          <EmptyState titre="Rien à examiner">
            Quand un pass est lu sans réseau par un appareil mal réglé, son utilisation attend ici votre accord.
          </EmptyState>
        }
        pied={<Pagination suivant={page.suivant} total={page.total} count={page.items.length} />}
      />
    </Page>
  )
}
