import type { Atelier } from '@pass/contracts/ateliers.ts'
import { INSCRIPTION_LABELS, type InscriptionStatut, whyNotAttend } from '@pass/domain/ateliers.ts'
import { plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { today } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { type LucideIcon, Minus, Plus } from 'lucide-react'
import { COUNTER_READS, recordAttendance } from '../calls.ts'

const PRESENCES = [
  { statut: 'present', label: 'Là' },
  { statut: 'absent', label: 'Pas là' },
  { statut: 'absent_excuse', label: 'Excusé' },
] as const satisfies readonly { statut: InscriptionStatut; label: string }[]
type Presence = (typeof PRESENCES)[number]['statut']

type Participant = Atelier['participants'][number]

const SETTLED: readonly InscriptionStatut[] = ['annule', 'liste_attente']

const Row = ({ participant, blocked, onMark }: { participant: Participant; blocked: boolean; onMark: (statut: Presence) => void }) => (
  <li className="participant">
    <fieldset disabled={blocked || SETTLED.includes(participant.statut)}>
      <legend>
        {participant.nom}
        <span className="petit doux">
          {participant.passUtilises > 0
            ? plural(participant.passUtilises, 'pass utilisé', 'pass utilisés')
            : INSCRIPTION_LABELS[participant.statut]}
        </span>
      </legend>
      <div className="presence">
        {PRESENCES.map(({ statut, label }) => (
          <label key={statut}>
            <input
              type="radio"
              name={`presence-${participant.inscriptionId}`}
              checked={participant.statut === statut}
              onChange={() => onMark(statut)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  </li>
)

const SANS_PASS_MAX = 100

type StepProps = { label: string; icon: LucideIcon; disabled: boolean; onPress: () => void }

const Step = ({ label, icon: Icon, disabled, onPress }: StepProps) => (
  <button type="button" className="bouton second" aria-label={label} disabled={disabled} onClick={onPress}>
    <Icon aria-hidden="true" />
  </button>
)

const SansPass = ({ sansPass, blocked, onChange }: { sansPass: number; blocked: boolean; onChange: (sansPass: number) => void }) => (
  <div className="sans-pass" role="group" aria-labelledby="sans-pass">
    <span id="sans-pass">Personnes venues sans pass</span>
    <span className="compteur">
      <Step label="Une de moins" icon={Minus} disabled={blocked || sansPass === 0} onPress={() => onChange(sansPass - 1)} />
      <output>{sansPass}</output>
      <Step label="Une de plus" icon={Plus} disabled={blocked || sansPass >= SANS_PASS_MAX} onPress={() => onChange(sansPass + 1)} />
    </span>
  </div>
)

/** Who came: one press each, kept at once. */
export const ParticipantsCard = ({ atelier }: { atelier: Atelier }) => {
  const { id, participants, sansPass } = atelier
  const record = useApiMutation(recordAttendance, { invalidates: COUNTER_READS })
  const refusal = whyNotAttend(atelier, today())
  const send = (presences: { inscriptionId: string; statut: Presence }[], count: number) =>
    record.mutate({ params: { atelierId: id }, body: { presences, sansPass: count } })
  const blocked = refusal !== null || record.isPending
  return (
    <Card titre="Participants">
      {refusal && <Notice tone="neutre">{refusal.message}</Notice>}
      {record.error && (
        <Notice tone="refus" live="alert">
          {record.error.message}
        </Notice>
      )}
      {participants.length === 0 ? (
        <p className="doux">Personne n’est inscrit. Une personne qui utilise un pass est inscrite d’elle-même.</p>
      ) : (
        <ul className="participants">
          {participants.map((participant) => (
            <Row
              key={participant.inscriptionId}
              participant={participant}
              blocked={blocked}
              onMark={(statut) => send([{ inscriptionId: participant.inscriptionId, statut }], sansPass)}
            />
          ))}
        </ul>
      )}
      <SansPass sansPass={sansPass} blocked={blocked} onChange={(count) => send([], count)} />
    </Card>
  )
}
