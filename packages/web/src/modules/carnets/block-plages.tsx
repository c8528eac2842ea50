import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import type { Output } from '@pass/contracts/route.ts'
import { whyNotBlock } from '@pass/domain/carnet-moves.ts'
import { CARNET_LABELS, carnetMachine, MOTIF_BLOCAGE_LABELS, type MotifBlocage } from '@pass/domain/carnets.ts'
import { plural } from '@pass/domain/money.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import { Ban, LockOpen } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation, useApiQuery } from '../../api.ts'
import { useWhyNot } from '../../reason.ts'
import { useCan } from '../../session.tsx'
import { ButtonRow } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { optionsOf, SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { countPlages, PlagesField } from './plages-field.tsx'

const { viewPlages, blockPlages, unblockPlages } = oppositionRoutes
const READS = [carnetRoutes.getCarnet, carnetRoutes.listCarnets, carnetRoutes.getStock, accueilRoutes.getAccueil, viewPlages] as const
type Vues = Output<typeof viewPlages>

const EMPTY = 'Ajoutez d’abord des carnets à la liste.'

/** What these numbers are, one line a statut: said before anything is done. */
const What = ({ vues }: { vues: Vues }) => (
  <Notice
    tone={vues.trouves < vues.demandes ? 'attente' : 'info'}
    live="status"
    titre={`${plural(vues.trouves, 'carnet')} sur ${plural(vues.demandes, 'numéro')}.`}
  >
    {vues.trouves < vues.demandes && 'Les autres numéros ne sont pas vos carnets : vérifiez la liste. '}
    {vues.parStatut.map(({ statut, carnets }) => `${CARNET_LABELS[statut]} : ${carnets}`).join(', ')}
  </Notice>
)

type ActProps = { plages: readonly PlageSaisie[]; vues: Vues | undefined; onDone: (fact: string) => void }

const countOf = (vues: Vues | undefined, statuts: readonly string[]): number =>
  vues?.parStatut.reduce((sum, { statut, carnets }) => sum + (statuts.includes(statut) ? carnets : 0), 0) ?? 0

const why = (plages: readonly PlageSaisie[], vues: Vues | undefined, possibles: number, none: string): string | null => {
  if (plages.length === 0) return EMPTY
  if (!vues) return 'Lecture de la liste…'
  if (vues.trouves < vues.demandes) return 'Retirez de la liste les numéros qui ne sont pas vos carnets.'
  return possibles === 0 ? none : null
}

const leftWords = (laisses: number): string => (laisses === 0 ? '' : ` ${plural(laisses, 'carnet')} de la liste : rien à changer.`)

const Block = ({ plages, vues, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState<MotifBlocage>('perdu')
  const [reference, setReference] = useState('')
  const block = useApiMutation(blockPlages, {
    invalidates: READS,
    onSuccess: ({ carnets, laisses }) =>
      onDone(`${plural(carnets, 'carnet bloqué', 'carnets bloqués')}. Plus aucun de leurs pass n’est accepté.${leftWords(laisses)}`),
  })
  const possibles = countOf(vues, carnetMachine.block.from)
  const label = `Bloquer ${plural(possibles, 'carnet')}`
  return (
    <ConfirmDialog
      label={possibles > 0 ? label : 'Bloquer les carnets'}
      variant="danger"
      icon={Ban}
      danger
      disabledReason={whyNot('carnet:block') ?? why(plages, vues, possibles, 'Aucun carnet de la liste ne peut être bloqué.')}
      titre={`${label} ?`}
      action={label}
      actionReason={whyNotBlock({ statut: 'attribue', motif, reference })?.message}
      onConfirm={() => block.mutateAsync({ body: { plages: [...plages], motif, reference: reference.trim() || null } })}
    >
      <p>Le blocage est immédiat, dans tous les lieux. Les pass déjà utilisés restent utilisés et payés.</p>
      <SelectField
        label="Motif"
        vide={null}
        options={optionsOf(MOTIF_BLOCAGE_LABELS)}
        value={motif}
        onChange={({ target }) => setMotif(target.value as MotifBlocage)}
      />
      <TextField
        label="Référence"
        facultatif={motif !== 'vole'}
        aide="Dépôt de plainte, courrier, incident."
        maxLength={100}
        autoComplete="off"
        value={reference}
        onChange={({ target }) => setReference(target.value)}
      />
    </ConfirmDialog>
  )
}

const Unblock = ({ plages, vues, onDone }: ActProps) => {
  const unblock = useApiMutation(unblockPlages, {
    invalidates: READS,
    onSuccess: ({ carnets, laisses }) => onDone(`${plural(carnets, 'carnet débloqué', 'carnets débloqués')}.${leftWords(laisses)}`),
  })
  const possibles = countOf(vues, ['bloque'])
  const label = `Débloquer ${plural(possibles, 'carnet')}`
  return (
    <ConfirmDialog
      label={possibles > 0 ? label : 'Débloquer les carnets'}
      icon={LockOpen}
      disabledReason={why(plages, vues, possibles, 'Aucun carnet de la liste n’est bloqué.')}
      titre={`${label} ?`}
      action={label}
      onConfirm={() => unblock.mutateAsync({ body: { plages: [...plages] } })}
    >
      <p>Chaque carnet reprend la place qu’il avait. Vérifiez que vous les avez bien retrouvés.</p>
    </ConfirmDialog>
  )
}

/** A box or a list of carnets, stopped or released in one gesture. Whoever may not unblock is offered the blocking alone. */
export const BlockPlages = () => {
  const can = useCan()
  const [plages, setPlages] = useState<PlageSaisie[]>([])
  const [done, setDone] = useState<string | null>(null)
  const counted = countPlages(plages)
  const { data, error } = useApiQuery(viewPlages, { body: { plages } }, { enabled: counted !== null && counted > 0 })
  const vues = plages.length > 0 ? data : undefined
  const finish = (fact: string) => {
    setPlages([])
    setDone(fact)
  }
  const act = { plages, vues, onDone: finish }
  return (
    <>
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <Card>
        <PlagesField
          legende="Carnets concernés"
          value={plages}
          onChange={(next) => {
            setDone(null)
            setPlages(next)
          }}
        />
        {error && <Notice tone="refus">{error.message}</Notice>}
        {vues && <What vues={vues} />}
        <ButtonRow>
          <Block {...act} />
          {can('carnet:unblock') && <Unblock {...act} />}
        </ButtonRow>
      </Card>
    </>
  )
}
