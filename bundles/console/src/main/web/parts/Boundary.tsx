import { Component, type ReactNode } from 'react';
import { ProblemView } from './ProblemView';

/** Shows what broke where a page would be, and leaves the rest of the console standing. */
export class Boundary extends Component<{ children: ReactNode }, { thrown?: unknown }> {
  state: { thrown?: unknown } = {};

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  render() {
    return this.state.thrown === undefined ? this.props.children : <ProblemView thrown={this.state.thrown} onRetry={() => this.setState({ thrown: undefined })} />;
  }
}
