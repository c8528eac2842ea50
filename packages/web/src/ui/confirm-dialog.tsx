import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button, ButtonRow, type Variant } from './button.tsx'
import { Notice } from './notice.tsx'

type Props = {
  /** The button that opens. */
  label: ReactNode
  variant?: Variant
  icon?: LucideIcon
  disabledReason?: string | null | undefined
  /** The question. */
  titre: string
  /** The button that acts: a verb and its object (« Bloquer le carnet PN 26-0001234-K »). */
  action: string
  danger?: boolean
  /** Why the act is not possible yet (a reason to choose inside the dialog). */
  actionReason?: string | null | undefined
  /** The dialog stays open while it runs, closes when it is done, and shows the refusal otherwise. */
  onConfirm: () => Promise<unknown>
  children?: ReactNode
}

const useConfirm = (onConfirm: () => Promise<unknown>) => {
  const [open, setOpen] = useState(false)
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const show = (next: boolean) => {
    setRefusal(null)
    setOpen(next)
  }
  const confirm = async () => {
    setPending(true)
    setRefusal(null)
    try {
      await onConfirm()
      setOpen(false)
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : 'L’action n’a pas abouti. Réessayez.')
    } finally {
      setPending(false)
    }
  }
  return { open, show, pending, refusal, confirm }
}

/** Asks before what cannot be undone, or what is about money. Escape and « Renoncer » leave everything as it was. */
export const ConfirmDialog = ({
  label,
  variant = 'second',
  icon,
  disabledReason,
  titre,
  action,
  danger = false,
  actionReason,
  onConfirm,
  children,
}: Props) => {
  const { open, show, pending, refusal, confirm } = useConfirm(onConfirm)
  return (
    <>
      <Button variant={variant} icon={icon} disabledReason={disabledReason ?? null} onClick={() => show(true)} aria-haspopup="dialog">
        {label}
      </Button>
      <ModalOverlay
        className="fond-dialogue"
        isOpen={open}
        onOpenChange={show}
        isDismissable={!pending}
        isKeyboardDismissDisabled={pending}
      >
        <Modal className="dialogue">
          <Dialog role="alertdialog" className="pile">
            <Heading slot="title">{titre}</Heading>
            {children && <div className="pile">{children}</div>}
            {refusal && (
              <Notice tone="refus" live="alert">
                {refusal}
              </Notice>
            )}
            <ButtonRow>
              <Button variant={danger ? 'danger' : 'principal'} pending={pending} disabledReason={actionReason ?? null} onClick={confirm}>
                {action}
              </Button>
              <Button variant="second" onClick={() => show(false)}>
                Renoncer
              </Button>
            </ButtonRow>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
