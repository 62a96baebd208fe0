import { html } from 'htm/preact';
import { Component, type ComponentChildren } from 'preact';

/** Keeps one broken block from taking the page down. */
export class Guard extends Component<{ fallback: string; children?: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.warn(this.props.fallback, error);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? html`<div class="unknown">${this.props.fallback}</div>` : this.props.children;
  }
}
