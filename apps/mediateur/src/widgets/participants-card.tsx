import type { Atelier } from '@pass/contracts/ateliers.ts'
import { INSCRIPTION_LABELS, type InscriptionStatut, whyNotAttend } from '@pass/domain/ateliers.ts'
import { plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice, RefusalNotice } from '@pass/web/ui/notice.tsx'
import { type LucideIcon, Minus, PenLine, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { SignDialog } from '../ateliers/sign-dialog.tsx'
import { COUNTER_READS, dayHere, recordAttendance } from '../calls.ts'

const PRESENCES = [
  { statut: 'present', label: 'Là' },
  { statut: 'absent', label: 'Pas là' },
  { statut: 'absent_excuse', label: 'Excusé' },
] as const satisfies readonly { statut: InscriptionStatut; label: string }[]
type Presence = (typeof PRESENCES)[number]['statut']

type Participant = Atelier['participants'][number]

type RowProps = { participant: Participant; blocked: boolean; ouvert: boolean; onMark: (statut: Presence) => void; onSign: () => void }

const Row = ({ participant, blocked, ouvert, onMark, onSign }: RowProps) => (
  <li className="participant">
    <fieldset disabled={blocked}>
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
    {participant.signe ? (
      <Badge tone="bien" icon={PenLine}>
        Signé
      </Badge>
    ) : (
      ouvert && (
        <Button variant="lien" icon={PenLine} aria-label={`Faire signer ${participant.nom}`} aria-haspopup="dialog" onClick={onSign}>
          Faire signer
        </Button>
      )
    )}
  </li>
)

const Waiting = ({ participants }: { participants: readonly Participant[] }) =>
  participants.length === 0 ? null : (
    <section className="attente-liste" aria-labelledby="liste-attente">
      <h3 id="liste-attente">Liste d’attente</h3>
      <p className="petit doux">La première personne prend la place qui se libère.</p>
      <ol>
        {participants.map(({ inscriptionId, nom }) => (
          <li key={inscriptionId}>{nom}</li>
        ))}
      </ol>
    </section>
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

/** One gesture of attendance at a time, and what it says. */
const useAttendance = ({ id, sansPass }: Atelier) => {
  const record = useApiMutation(recordAttendance, { invalidates: COUNTER_READS })
  const send = (presences: { inscriptionId: string; statut: Presence }[], count: number) =>
    record.mutate({ params: { atelierId: id }, body: { presences, sansPass: count } })
  return {
    record,
    mark: ({ inscriptionId }: Participant, statut: Presence) => send([{ inscriptionId, statut }], sansPass),
    count: (count: number) => send([], count),
  }
}

/** The button that opened the box is gone once it is signed: the focus comes here, and it is read aloud. */
const Signed = ({ nom }: { nom: string | null }) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (nom) place.current?.focus()
  }, [nom])
  if (!nom) return null
  return (
    <div ref={place} tabIndex={-1}>
      <Notice tone="bien" titre={`${nom} a signé.`}>
        Passez à la personne suivante.
      </Notice>
    </div>
  )
}

/** Who came: one press each or a signature, kept at once; who waits for a seat; who came without a pass. */
export const ParticipantsCard = ({ atelier }: { atelier: Atelier }) => {
  const { record, mark, count } = useAttendance(atelier)
  const [signing, setSigning] = useState<Participant | null>(null)
  const [signed, setSigned] = useState<string | null>(null)
  const refusal = whyNotAttend(atelier, dayHere())
  const blocked = refusal !== null || record.isPending
  const seated = atelier.participants.filter(({ statut }) => statut !== 'annule' && statut !== 'liste_attente')
  const waiting = atelier.participants.filter(({ statut }) => statut === 'liste_attente')
  return (
    <Card titre="Participants">
      {refusal && <Notice tone="neutre">{refusal.message}</Notice>}
      <RefusalNotice error={record.error} />
      <Signed nom={signed} />
      {seated.length === 0 ? (
        <p className="doux">Personne n’est inscrit. Une personne qui utilise un pass est inscrite d’elle-même.</p>
      ) : (
        <ul className="participants">
          {seated.map((participant) => (
            <Row
              key={participant.inscriptionId}
              participant={participant}
              blocked={blocked}
              ouvert={refusal === null}
              onMark={(statut) => mark(participant, statut)}
              onSign={() => setSigning(participant)}
            />
          ))}
        </ul>
      )}
      <Waiting participants={waiting} />
      <SansPass sansPass={atelier.sansPass} blocked={blocked} onChange={count} />
      {signing && (
        <SignDialog
          atelierId={atelier.id}
          participant={signing}
          onClose={() => setSigning(null)}
          onSigned={() => {
            setSigned(signing.nom)
            setSigning(null)
          }}
          onPresent={() => {
            mark(signing, 'present')
            setSigning(null)
          }}
        />
      )}
    </Card>
  )
}
