import type { Alerte } from '@pass/contracts/guichet.ts'
import { ALERTE_DECISION_LABELS, type AlerteDecision, ALERTE_DECISIONS, whyNotClasser } from '@pass/domain/alertes.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import type { Said } from './act.ts'
import { ALERTE_READS, closeAlerte } from './alertes-calls.ts'
import { useRoleReason } from './role-reason.ts'

const DETAILS: Record<AlerteDecision, string> = {
  sans_suite: 'Rien d’anormal.',
  explication_recue: 'La structure a expliqué.',
  suspension_demandee: 'Un doute sérieux : la suspension du lieu se décide à part.',
}
const TILES = ALERTE_DECISIONS.map((value) => ({ value, label: ALERTE_DECISION_LABELS[value], detail: DETAILS[value] }))

const missing = (decision: AlerteDecision | null, motif: string): string | null => {
  if (decision === null) return 'Choisissez une décision.'
  return motif.trim() ? null : 'Indiquez le motif\u00a0: il est gardé avec l’alerte.'
}

/** A decision and its reason, both kept. */
export const DecideAlerte = ({ alerte, onDone }: { alerte: Alerte; onDone: (said: Said) => void }) => {
  const roleReason = useRoleReason()('alerte:decide')
  const [decision, setDecision] = useState<AlerteDecision | null>(null)
  const [motif, setMotif] = useState('')
  const close = useApiMutation(closeAlerte, { invalidates: ALERTE_READS })
  const onConfirm = async () => {
    if (decision === null) return
    await close.mutateAsync({ params: { alerteId: alerte.id }, body: { decision, motif: motif.trim() } })
    onDone({ titre: 'Alerte classée.', suite: `${alerte.structure.nom}\u00a0: ${ALERTE_DECISION_LABELS[decision].toLowerCase()}.` })
  }
  return (
    <ConfirmDialog
      label={
        <>
          Décider<span className="hors-ecran">, {alerte.titre}</span>
        </>
      }
      variant="lien"
      disabledReason={roleReason ?? whyNotClasser(alerte.statut)?.message}
      titre={`${alerte.titre}, ${alerte.structure.nom}`}
      action="Classer l’alerte"
      actionReason={missing(decision, motif)}
      onConfirm={onConfirm}
    >
      <p>{alerte.texte}</p>
      <RadioTiles
        legende="Décision"
        name={`decision-${alerte.id}`}
        options={TILES}
        choisi={decision}
        onChange={({ target }) => setDecision(ALERTE_DECISIONS.find((one) => one === target.value) ?? null)}
      />
      <TextAreaField
        label="Motif"
        aide="Qui avez-vous appelé, qu’avez-vous appris ? Sans nom de personne."
        rows={3}
        maxLength={500}
        value={motif}
        onChange={({ target }) => setMotif(target.value)}
      />
    </ConfirmDialog>
  )
}
