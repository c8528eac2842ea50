import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal'

type Props = {
  titre: string
  open: boolean
  /** Escape, or a press outside. */
  onClose: () => void
  /** `alertdialog` for what interrupts. */
  role?: 'dialog' | 'alertdialog'
  /** A press outside does nothing: what is asked matters too much. */
  ferme?: boolean
  children: ReactNode
}

/** A dialog that something else than its own button opens. Focus goes in, stays, and comes back to where it was. */
export const Dialog = ({ titre, open, onClose, role = 'dialog', ferme = false, children }: Props) => (
  <ModalOverlay className="fond-dialogue" isOpen={open} onOpenChange={(next) => next || onClose()} isDismissable={!ferme}>
    <Modal className="dialogue">
      <AriaDialog role={role} className="pile">
        <Heading slot="title">{titre}</Heading>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
)
