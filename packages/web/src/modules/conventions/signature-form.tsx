import { PenLine } from 'lucide-react'
import type { ReactNode } from 'react'
import type { useContractForm } from '../../form.ts'
import { today } from '../../session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Form } from '../../ui/form.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { conventionRoutes } from '@pass/contracts/conventions.ts'
import { SignaturePiece } from './signature-piece.tsx'

/** The form of a signature, of a convention or of an avenant: they say the same. */
export type SignatureContractForm = ReturnType<typeof useContractForm<typeof conventionRoutes.signConvention>>

/** What the form starts from: nobody yet, today, no paper. */
export const signatureStart = (rang: number) => ({ rang, signataire: '', dateSignature: today(), pieceId: null })

type Props = { form: SignatureContractForm; conventionId: string; financeur: { rang: number; nom: string } }

/** Who signed, the day on the paper, and its scan. */
export const SignatureForm = ({ form, conventionId, financeur: { rang, nom } }: Props) => (
  <Form form={form} label={`Signature : ${nom}`}>
    <TextField
      label="Nom de la personne qui a signé"
      aide="Tel qu’il figure sur le document. Exemple : Ada Martin."
      autoComplete="off"
      {...form.field('signataire')}
      id={`signataire-${rang}`}
    />
    <DateField label="Date de signature" max={today()} {...form.field('dateSignature')} id={`date-signature-${rang}`} />
    <SignaturePiece conventionId={conventionId} {...form.value('pieceId')} id={`piece-${rang}`} />
    <SubmitButton icon={PenLine}>Enregistrer la signature</SubmitButton>
  </Form>
)

/** The signature of one financeur: its form, or who may record it. */
export const SignatureCard = ({ nom, reason, children }: { nom: string; reason: string | null; children: ReactNode }) => (
  <Card titre={`Signature\u00a0: ${nom}`} niveau={3}>
    {reason ? (
      <Button variant="second" icon={PenLine} disabledReason={reason}>
        Enregistrer la signature
      </Button>
    ) : (
      children
    )}
  </Card>
)
