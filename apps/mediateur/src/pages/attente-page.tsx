import type { ActeDiffere } from '@pass/contracts/guichet.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { useAct, useApiQuery } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card, Stack } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Send } from 'lucide-react'
import { listActesDifferes } from '../calls.ts'
import { KeptActs } from '../guichet/kept-acts.tsx'
import { LimitNotices } from '../guichet/limit-notices.tsx'
import { passOf, waiting } from '../offline/acts.ts'
import { loadKept, sync } from '../offline/engine.ts'
import { useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'

export const loader = async () => {
  await loadKept()
  return null
}

const Issue = ({ acte }: { acte: ActeDiffere }) => {
  if (acte.issue === 'refuse') return <Badge tone="refus">Refusé</Badge>
  return acte.aExaminer ? <Badge tone="attente">Validé, à examiner</Badge> : <Badge tone="bien">Validé</Badge>
}

const COLUMNS: readonly Column<ActeDiffere>[] = [
  { cle: 'lu', titre: 'Lu le', cell: ({ scanneAt }) => formatInstant(new Date(scanneAt), PARIS) },
  { cle: 'recu', titre: 'Reçu le', cell: ({ recuAt }) => formatInstant(new Date(recuAt), PARIS) },
  { cle: 'par', titre: 'Par', cell: ({ par, appareil }) => `${par}, ${appareil}` },
  { cle: 'pass', titre: 'Pass', cell: ({ pass }) => pass, align: 'droite' },
  { cle: 'issue', titre: 'Résultat', cell: (acte) => <Issue acte={acte} /> },
  { cle: 'suite', titre: 'Explication', cell: ({ message, suite }) => [message, suite].filter(Boolean).join(' ') },
]

/** What the server received late, from every device of the structure. */
const Received = () => {
  const { enLigne } = useGuichet()
  const { data } = useApiQuery(listActesDifferes, { query: { taille: 25 } }, { enabled: enLigne })
  if (!data) return null
  return (
    <DataTable
      caption="Reçus après coup, tous appareils de la structure"
      rows={data.items}
      rowKey={({ id }) => id}
      columns={COLUMNS}
      empty={<EmptyState titre="Aucun acte reçu après coup">Les pass lus sans réseau paraîtront ici une fois envoyés.</EmptyState>}
    />
  )
}

const SendNow = () => {
  const { actes, enLigne, envoi } = useGuichet()
  const send = useAct(sync)
  if (waiting(actes).length === 0) return null
  return (
    <Button
      icon={Send}
      pending={send.isPending || envoi}
      disabledReason={enLigne ? null : 'Le réseau manque. L’envoi partira de lui-même.'}
      onClick={() => send.mutate()}
    >
      Envoyer maintenant
    </Button>
  )
}

export const Component = () => {
  const { actes, pret } = useGuichet()
  const held = passOf(waiting(actes))
  return (
    <Page
      titre="Actes en attente"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.guichet(), label: 'Guichet' },
      ]}
      // before the device was read, nothing is said of what waits
      {...(pret && {
        intro:
          held > 0
            ? `${plural(held, 'pass attend', 'pass attendent')} le réseau sur cet appareil.`
            : 'Rien n’attend le réseau sur cet appareil.',
      })}
      actions={<SendNow />}
    >
      <Stack>
        <LimitNotices />
        {pret && actes.length > 0 && (
          <Card titre="Sur cet appareil">
            <KeptActs actes={actes} />
          </Card>
        )}
        <Received />
      </Stack>
    </Page>
  )
}
